import { AssertionError } from "./assertion_error.ts";
import { print } from "./difference.ts";

/** Fails unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) disorder(actual, ">", expected, msg);
}

/** Fails unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual >= expected)) disorder(actual, ">=", expected, msg);
}

/** Fails unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) disorder(actual, "<", expected, msg);
}

/** Fails unless `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual <= expected)) disorder(actual, "<=", expected, msg);
}

/** The caller's message takes the place of what was compared, which is then the cause. */
function disorder(actual: unknown, relation: string, expected: unknown, msg?: string): never {
  if (msg === undefined) {
    throw new AssertionError(`Expect ${print(actual)} ${relation} ${print(expected)}`);
  }
  throw new AssertionError(msg, { cause: `${actual}, required ${relation} ${expected}` });
}
