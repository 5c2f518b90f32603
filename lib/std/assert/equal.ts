/**
 * Deep equality by the rules of `@std/assert`: both made by one class, and 0 equals -0 as NaN equals
 * NaN, however deep they lie.
 */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || madeBy(a) !== madeBy(b)) return false;
  if (a instanceof Date) return equal(Number(a), Number(b));
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof Set) return sameMembers([...a], [...b as typeof a]);
  if (a instanceof Map) return sameMembers([...a], [...b as typeof a]);
  return isList(a) ? sameList(a, b as typeof a) : sameRecord(a, b);
}

type Dict = Record<PropertyKey, unknown>;
type List = ArrayLike<unknown>;

function isObject(value: unknown): value is Dict {
  return typeof value === "object" && value !== null;
}

function madeBy(value: Dict): unknown {
  return value.constructor ?? Object;
}

function isList(value: unknown): value is List {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function sameMembers(a: List, b: List): boolean {
  const inB = (one: unknown) => Array.from(b).some((other) => equal(one, other));
  return a.length === b.length && Array.from(a).every(inB);
}

function sameList(a: List, b: List): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
  return true;
}

function sameRecord(a: Dict, b: Dict): boolean {
  const keys = Reflect.ownKeys(a);
  return keys.length === Reflect.ownKeys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}
