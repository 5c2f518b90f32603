import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import answersSchema from "./answers.schema.json" with { type: "json" };

const OPTIONS = { allErrors: true, verbose: true, allowUnionTypes: true, discriminator: true };

const ajv = new Ajv2020(OPTIONS)
  .addSchema(answersSchema, "answers");

/**
 * Every way in which a value is not as the JSON Schema of `answers.json` says: where, what was
 * required, and what was given.
 *
 * @param part One of the schema's `$defs`, such as "question", which the evidence of a run is.
 */
export function violations(value: unknown, part?: string): string[] {
  const accepts = ajv.getSchema(part === undefined ? "answers" : `answers#/$defs/${part}`);
  if (!accepts) throw new Error(`The schema of answers.json has no definition of ${part}`);
  accepts(value);
  return (accepts.errors ?? []).map(violationInWords);
}

/** What was required, where, and what was given. */
export function violationInWords(
  { instancePath, keyword, params, message, data }: ErrorObject,
): string {
  const path = instancePath.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".").replace(/^\./, "");
  if (keyword === "required") {
    return `${path === "" ? "" : `${path}.`}${params.missingProperty} is missing`;
  }
  const required = keyword === "const"
    ? `must be ${JSON.stringify(params.allowedValue)}`
    : keyword === "enum"
    ? `must be one of ${params.allowedValues.join(", ")}`
    : message;
  const given = JSON.stringify(data) ?? String(data);
  return `${path || "it"} ${required}, got ${
    given.length > 60 ? `${given.slice(0, 60)}...` : given
  }`;
}
