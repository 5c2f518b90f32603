import answersSchema from "./answers.schema.json" with { type: "json" };

/** The part of JSON Schema that {@linkcode violations} understands. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The JSON Schema of `answers.json`; its `$defs` also describe the evidence that a test run writes. */
export const ANSWERS_SCHEMA: Schema = answersSchema as Schema;

/** Every way in which a value breaks a schema: where, what was required, and what was given. */
export function violations(value: unknown, schema: Schema, path = ""): string[] {
  if (schema.$ref !== undefined) return violations(value, definition(schema.$ref), path);
  const wrong = wrongValue(value, schema);
  if (wrong !== undefined) return [`${path || "it"} must be ${wrong}, got ${shown(value)}`];
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return value.flatMap((item, i) => violations(item, items, `${path}[${i}]`));
  }
  return typeof value === "object" && value !== null
    ? wrongFields(value as Record<string, unknown>, schema, path)
    : [];
}

function wrongValue(value: unknown, schema: Schema): string | undefined {
  const { type, pattern, minimum } = schema;
  const types = type === undefined ? undefined : [type].flat();
  if (types && !types.some((t) => isOfType(value, t))) return `of type ${types.join(" or ")}`;
  if ("const" in schema && value !== schema.const) return JSON.stringify(schema.const);
  if (schema.enum && !schema.enum.includes(value)) return `one of ${schema.enum.join(", ")}`;
  if (pattern && !new RegExp(pattern).test(String(value))) return `like ${pattern}`;
  if (minimum !== undefined && (value as number) < minimum) return `at least ${minimum}`;
}

function wrongFields(value: Record<string, unknown>, schema: Schema, path: string): string[] {
  const { required = [], properties = {} } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${join(path, name)} is missing`),
    ...Object.entries(value).flatMap(([name, field]) => {
      const rule = Object.hasOwn(properties, name) ? properties[name] : {};
      return violations(field, rule, join(path, name));
    }),
  ];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "object") {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return typeof value === "number" && Number.isFinite(value);
  const kind: string = typeof value;
  return kind === type;
}

function definition(ref: string): Schema {
  const found = ANSWERS_SCHEMA.$defs?.[ref.replace("#/$defs/", "")];
  if (!found) throw new Error(`The schema has no definition for ${ref}`);
  return found;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
