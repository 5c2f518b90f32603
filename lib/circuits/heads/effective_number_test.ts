import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { effectiveNumber } from "./effective_number.ts";

Deno.test("equal shares count each, a single one counts as one, whatever the unit", () => {
  for (const order of [1, 2] as const) {
    assertAlmostEquals(effectiveNumber([3, 3, 3, 3], order), 4, 1e-12, `four alike, ${order}`);
    assertAlmostEquals(effectiveNumber([0, 7, 0], order), 1, 1e-12, `one of three, ${order}`);
    assertAlmostEquals(effectiveNumber([1e-9, 1e-9], order), 2, 1e-12, `tiny ones, ${order}`);
  }
});

Deno.test("unequal shares count as the formulas have it", () => {
  // Shares 3/4 and 1/4: 1 / (9/16 + 1/16) and exp(ln 4 - 3/4 ln 3).
  assertAlmostEquals(effectiveNumber([3, 1]), 16 / 10, 1e-12, "one over the squares");
  assertAlmostEquals(effectiveNumber([3, 1], 1), 4 / 3 ** 0.75, 1e-12, "by entropy");
  assertLess(effectiveNumber([3, 1]), effectiveNumber([3, 1], 1), "order 2 weighs the large more");
});

Deno.test("splitting every part in k equal ones makes them k times as many", () => {
  const split = [5, 2, 1].flatMap((x) => [x / 3, x / 3, x / 3]);
  for (const order of [1, 2] as const) {
    const expected = 3 * effectiveNumber([5, 2, 1], order);
    assertAlmostEquals(effectiveNumber(split, order), expected, 1e-12, `order ${order}`);
  }
});

Deno.test("amounts that have no shares are refused", () => {
  const required = "finite amounts of at least 0 that are not all 0 are required";
  for (const amounts of [[], [0, 0], [1, -1e-9], [1, NaN], [Infinity, 1]]) {
    const error = assertThrows(() => effectiveNumber(amounts), RangeError, required);
    assertEquals(error.message.endsWith(`got [${amounts}]`), true, "says what was given");
  }
});
