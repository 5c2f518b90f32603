import { assertAlmostEquals, assertEquals } from "@std/assert";

/** For tests: fails unless two lists are as long and every number is near enough to the other's. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "numbers",
): void {
  assertEquals(actual.length, expected.length, `${what}: how many`);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(actual[i], expected[i], tolerance, `${what}, number ${i}`);
  }
}
