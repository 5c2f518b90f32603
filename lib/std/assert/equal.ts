import { isDeepStrictEqual } from "node:util";

/**
 * Deep equality by the rules of `@std/assert`, which differ from Node's in one point: 0 equals -0,
 * however deep it lies.
 */
export function equal(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b || Object.is(a, b);
  if (isList(a) && isList(b)) return sameList(a, b);
  if (isRecord(a) && isRecord(b)) return sameRecord(a, b);
  return isDeepStrictEqual(a, b);
}

type List = ArrayLike<unknown> & object;

function isList(value: unknown): value is List {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function sameList(a: List, b: List): boolean {
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function sameRecord(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}
