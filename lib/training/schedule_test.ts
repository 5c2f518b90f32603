import { assertAlmostEquals, assertEquals, assertStrictEquals } from "@std/assert";
import { rateAt } from "./schedule.ts";

const SCHEDULE = { rate: 2, warmup: 4, steps: 14 };

Deno.test("the rate rises in a straight line to its highest and falls in one to a tenth", () => {
  const rates = Array.from({ length: 14 }, (_, step) => rateAt(step, SCHEDULE));
  assertEquals(rates.slice(0, 4), [0.5, 1, 1.5, 2], "the warm-up ends at the highest rate");
  assertStrictEquals(rates[4], 2, "which the first step after it has too");
  const fall = rates.slice(5).map((rate, i) => rates[4 + i] - rate);
  // 1.8 in nine equal steps; a difference of numbers up to 2 is exact to 4e-16.
  for (const step of fall) assertAlmostEquals(step, 0.2, 1e-15, "each step down is the same");
  assertAlmostEquals(rates[13], 0.2, 1e-15, "the last step has a tenth");
});

Deno.test("after its last step the rate stays at a tenth", () => {
  assertStrictEquals(rateAt(99, SCHEDULE), rateAt(13, SCHEDULE));
});

Deno.test("there may be no warm-up, or nothing but one", () => {
  assertStrictEquals(rateAt(0, { rate: 1, warmup: 0, steps: 3 }), 1);
  assertStrictEquals(rateAt(0, { rate: 1, warmup: 0, steps: 1 }), 1, "a single step");
  assertStrictEquals(rateAt(2, { rate: 1, warmup: 10, steps: 3 }), 0.3, "still rising at the end");
  assertStrictEquals(rateAt(2, { rate: 1, warmup: 3, steps: 3 }), 1);
});
