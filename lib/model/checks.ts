/** Tables of what the fields of an object must be: for configs and for the files of models. */

/** A test of a value, and what it requires, in words. */
export type Check = readonly [ok: (value: unknown) => boolean, required: string];

/** A whole number from `least` on. */
export function whole(least: number): Check {
  const ok = (value: number) => Number.isSafeInteger(value) && value >= least;
  return numberWhere(ok, `a whole number of at least ${least}`);
}

/** A number that is not infinite and passes a test. */
export function numberWhere(ok: (value: number) => boolean, required: string): Check {
  return [(value) => Number.isFinite(value) && ok(value as number), required];
}

/** A number above 0. */
export const positive: Check = numberWhere((value) => value > 0, "a finite number above 0");

/** One of these values. */
export function oneOf(...values: readonly unknown[]): Check {
  return [(value) => values.includes(value), `one of ${values.join(", ")}`];
}

/** A string that says something. */
export const text: Check = [
  (value) => typeof value === "string" && value.trim() !== "",
  "a string that is not empty",
];

/** A list, or one of values that each pass a check. */
export function list(required: string, [ok]: Check = [() => true, ""]): Check {
  return [(value) => Array.isArray(value) && value.every(ok), required];
}

/** What is wrong with an object: which part, what it must be, and what it is. */
export type Fault = readonly [part: string, required: string, given: unknown];

/** The first fault of an object that must have these fields and no others. */
export function faultIn(
  object: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, Check>>,
): Fault | undefined {
  const strange = unknownField(object, Object.keys(checks));
  if (strange) return strange;
  for (const [field, [ok, required]] of Object.entries(checks)) {
    const value = Object.hasOwn(object, field) ? object[field] : undefined;
    if (!ok(value)) return [field, required, value];
  }
}

/** The first field of an object that is none of these. */
export function unknownField(object: object, known: readonly string[]): Fault | undefined {
  const strange = Object.keys(object).find((field) => !known.includes(field));
  return strange === undefined ? undefined : ["a field", `one of ${known.join(", ")}`, strange];
}
