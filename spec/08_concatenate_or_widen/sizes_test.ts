import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compareSizes } from "../../lib/circuits/mod.ts";
import { orderOf, priced, returnsOf } from "./sizes.ts";

/** Sizes that double, with two seeds' losses each. */
function losses(...each: [number, number][]) {
  const sizes = each.map((losses, i) => {
    const [width, loss] = [10 * 2 ** i, (losses[0] + losses[1]) / 2];
    return { width, layers: 2, parameters: 100 * 2 ** i, losses, loss };
  });
  return { here: compareSizes(sizes), cards: compareSizes(sizes) };
}

Deno.test("an order is one only if no seed breaks it", () => {
  assertEquals(orderOf(losses([4, 5], [2, 3]).here), "best last");
  assertEquals(orderOf(losses([2, 3], [4, 5]).here), "best first");
  assertEquals(orderOf(losses([2, 4], [3, 5]).here), "mixed");
});

Deno.test("returns are per dimension: half the gain over twice the step is a quarter", () => {
  const { gained, lastStep, early, late } = returnsOf(losses([5, 5], [3, 3], [2, 2]), 800);
  assertAlmostEquals(gained, 3);
  assertAlmostEquals(lastStep, 1);
  assertAlmostEquals(early, 0.2);
  assertAlmostEquals(late, 0.05);
});

Deno.test("four times the parameters have a quarter of the text each", () => {
  const { read } = returnsOf(losses([5, 5], [3, 3], [2, 2]), 800);
  assertEquals(read, { narrowest: 8, widest: 2 });
});

Deno.test("twice the parameters are worth what the curve's second step gains", () => {
  const curve = losses([5, 5], [3, 3], [2, 2]);
  const { worth, lost, unequal } = priced(losses([4, 4], [3, 3]), curve);
  assertEquals(worth[0], 0);
  assertAlmostEquals(worth[1], 1);
  assertAlmostEquals(lost[0], 0, 1e-6, "all of its lead is a matter of parameters");
  assertEquals(unequal, 2);
});
