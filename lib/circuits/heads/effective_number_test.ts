import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { effectiveByToken, effectiveNumber } from "./effective_number.ts";

Deno.test("equal shares count each, a single one counts as one, whatever the unit", () => {
  assertAlmostEquals(effectiveNumber([3, 3, 3, 3]), 4, 1e-12, "four alike");
  assertAlmostEquals(effectiveNumber([0, 7, 0]), 1, 1e-12, "one of three");
  assertAlmostEquals(effectiveNumber([1e-9, 1e-9]), 2, 1e-12, "tiny ones");
});

Deno.test("unequal shares count as the formula has it", () => {
  // Shares 3/4 and 1/4: 1 / (9/16 + 1/16).
  assertAlmostEquals(effectiveNumber([3, 1]), 16 / 10, 1e-12, "one over the squares");
});

Deno.test("splitting every part in k equal ones makes them k times as many", () => {
  const split = [5, 2, 1].flatMap((x) => [x / 3, x / 3, x / 3]);
  assertAlmostEquals(effectiveNumber(split), 3 * effectiveNumber([5, 2, 1]), 1e-12);
});

Deno.test("token by token, what changes places is not spread", () => {
  assertEquals(effectiveByToken([[1, 0, 2], [0, 3, 2]]), [1, 1, 2]);
  const everywhere = effectiveNumber([1 + 0 + 2, 0 + 3 + 2]);
  assertEquals(everywhere > 1.8, true, "in the sum over tokens both have a share");
});

Deno.test("amounts that have no shares are refused", () => {
  const required = "finite amounts of at least 0 that are not all 0 are required";
  for (const amounts of [[], [0, 0], [1, -1e-9], [1, NaN], [Infinity, 1]]) {
    const error = assertThrows(() => effectiveNumber(amounts), RangeError, required);
    assertEquals(error.message.endsWith(`got [${amounts}]`), true, "says what was given");
  }
});
