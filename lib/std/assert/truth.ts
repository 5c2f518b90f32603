import { inspect } from "node:util";
import { AssertionError } from "./assertion_error.ts";

// deno-lint-ignore no-explicit-any
type AnyClass<T> = abstract new (...args: any[]) => T;

/** Fails unless `condition` is truthy. */
export function assert(condition: unknown, msg = ""): asserts condition {
  if (!condition) throw new AssertionError(msg);
}

/** Fails, always. */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

/** Fails where `actual` is null or undefined. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not be null or undefined${suffix(msg)}`,
  );
}

/** Fails unless `actual` was made by `expected`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expected: AnyClass<T>,
  msg?: string,
): asserts actual is T {
  if (actual instanceof expected) return;
  throw new AssertionError(
    `Expected object to be an instance of "${expected.name}" but was ${inspect(actual)}${
      suffix(msg)
    }`,
  );
}

/** How a caller's own message is added to the one that says what failed. */
export function suffix(msg?: string): string {
  return msg ? `: ${msg}` : ".";
}
