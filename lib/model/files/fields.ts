import { refuse } from "./file_error.ts";
import { isObject } from "./json.ts";

/** A test of a value, and what it requires, in words. */
export type Check = readonly [ok: (value: unknown) => boolean, required: string];

/** What several kinds of file ask of their fields. */
export const text: Check = [
  (value) => typeof value === "string" && value.trim() !== "",
  "a string that is not empty",
];
export const integer: Check = [Number.isSafeInteger, "a whole number"];
export const count: Check = [
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  "a whole number of at least 0",
];
export const finite: Check = [Number.isFinite, "a finite number"];
export const list: Check = [Array.isArray, "an array"];

/** A list of values that each pass a check. */
export function listOf([ok]: Check, required: string): Check {
  return [(value) => Array.isArray(value) && value.every(ok), required];
}

/** A number between bounds. */
export function numberWhere(ok: (value: number) => boolean, required: string): Check {
  return [(value) => typeof value === "number" && ok(value), required];
}

/**
 * Refuses an object of a file unless it has every field, each as its check requires, and no other.
 *
 * @param part What the object is: `data[0]`, or `the file` itself.
 * @throws {ModelFileError} With the field, what was required of it and what was given.
 */
export function checkFields(
  file: string,
  part: string,
  given: unknown,
  checks: Readonly<Record<string, Check>>,
): asserts given is Record<string, unknown> {
  const fields = Object.keys(checks);
  if (!isObject(given)) refuse(file, part, `an object with ${fields.join(", ")}`, given);
  checkKnown(file, part, given, fields);
  for (const [field, [ok, required]] of Object.entries(checks)) {
    const value = Object.hasOwn(given, field) ? given[field] : undefined;
    if (!ok(value)) {
      refuse(file, part === "the file" ? field : `${field} of ${part}`, required, value);
    }
  }
}

/** Refuses an object of a file that has a field of another name than these. */
export function checkKnown(
  file: string,
  part: string,
  given: object,
  fields: readonly string[],
): void {
  const strange = Object.keys(given).find((field) => !fields.includes(field));
  if (strange === undefined) return;
  refuse(file, `a field of ${part}`, `one of ${fields.join(", ")}`, strange);
}
