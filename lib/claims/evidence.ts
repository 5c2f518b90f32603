import type { Json } from "./record.ts";

/**
 * The value itself, deeply frozen, if it is plain data: finite numbers, strings, booleans, null,
 * arrays and plain objects of them. Frozen, so that what the check saw is what the report shows.
 *
 * @throws {TypeError} With the place of what is not plain, such as `evidence.loss[3]`, and what is
 * there. JSON would turn NaN and Infinity into null and drop the rest without a word.
 */
export function plain(value: unknown, place = "evidence"): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) plain(value[i], `${place}[${i}]`);
    return Object.freeze(value) as Json;
  }
  if (typeof value !== "object" || !isPlainObject(value)) throw notPlain(value, place);
  for (const [key, part] of Object.entries(value)) plain(part, `${place}.${key}`);
  return Object.freeze(value) as Json;
}

/** Whether it is an object of no class, without keys that JSON has no name for. */
export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  const named = Object.getOwnPropertySymbols(value).length === 0;
  return named && (prototype === Object.prototype || prototype === null);
}

function notPlain(value: unknown, place: string): TypeError {
  const required = "finite numbers, strings, booleans, null, arrays or plain objects";
  return new TypeError(
    `Not plain data: ${place} must be made of ${required}, got ${kindOf(value)}`,
  );
}

function kindOf(value: unknown): string {
  if (typeof value === "object") return `a ${value!.constructor?.name ?? "strange object"}`;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}
