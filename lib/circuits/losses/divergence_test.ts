import { assertAlmostEquals, assertEquals } from "@std/assert";
import { divergence, prediction } from "./divergence.ts";

Deno.test("a divergence is what one gets by hand, whatever is added to all logits", () => {
  const p = prediction([Math.log(3), 0]); // 3/4 and 1/4
  const expected = 3 / 4 * Math.log(3 / 2) + 1 / 4 * Math.log(1 / 2); // from 1/2 and 1/2
  assertAlmostEquals(divergence(p, [0, 0]), expected, 1e-12);
  assertAlmostEquals(divergence(p, [900, 900]), expected, 1e-12, "no exponential overflows");
});

Deno.test("of the same logits it is zero to the bit", () => {
  const logits = Float32Array.of(0.3, -1.7, 2.9);
  assertEquals(divergence(prediction(logits), logits), 0);
});
