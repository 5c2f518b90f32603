import { AssertionError, refuse } from "./assertion_error.ts";

// deno-lint-ignore no-explicit-any
type AnyClass<T> = abstract new (...args: any[]) => T;

/** Fails unless `condition` is truthy. */
export function assert(condition: unknown, msg = ""): asserts condition {
  if (!condition) throw new AssertionError(msg);
}

/** Fails unless `expected` matches somewhere in `actual`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) refuse(`Expected actual: "${actual}" to match: "${expected}"`, msg);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (actual.includes(expected)) return;
  refuse(`Expected actual: "${actual}" to contain: "${expected}"`, msg);
}

/** Fails unless `actual` was made by `expected`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expected: AnyClass<T>,
  msg?: string,
): asserts actual is T {
  if (actual instanceof expected) return;
  refuse(`Expected object to be an instance of "${expected.name}"${unlike(actual, expected)}`, msg);
}

/** What a value was instead, where that is not of the same name. */
function unlike(actual: unknown, { name }: AnyClass<unknown>): string {
  if (typeof actual === "function") return " but was not an instanced object";
  const made = typeof actual === "object" && actual ? actual.constructor?.name ?? "Object" : null;
  const is = made ?? (actual === null ? "null" : typeof actual);
  return is === name ? "" : ` but was "${is}"`;
}
