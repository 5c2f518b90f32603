import { refuse } from "./assertion_error.ts";
import { difference, print } from "./difference.ts";
import { equal } from "./equal.ts";

/** Fails unless the two are deeply equal; the message shows where they differ. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  refuse("Values are not equal", msg, difference(actual, expected));
}

/** Fails where the two are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  refuse(`Expected actual: ${print(actual)} not to be: ${print(expected)}`, msg);
}

/** Fails unless the two are the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const printed = print(actual);
  if (printed !== print(expected)) {
    refuse("Values are not strictly equal", msg, difference(actual, expected));
  }
  const structure = printed.replaceAll(/^/gm, "    ");
  refuse("Values have the same structure but are not reference-equal", msg, `\n\n${structure}\n`);
}

/** Fails unless two numbers are within `tolerance`, by default 1e-7 of the expected one. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= allowed) return;
  const show = (n: number) => Number.isInteger(n) ? n : n.toExponential();
  refuse(
    `Expected actual: "${show(actual)}" to be close to "${show(expected)}": ` +
      `delta "${show(delta)}" is greater than "${show(allowed)}"`,
    msg,
  );
}
