import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Graph } from "../../onnx/mod.ts";
import { GraphSession } from "../../runtime/mod.ts";
import { Tensor } from "../../tensor/mod.ts";
import { crossEntropy, tokenLosses } from "./cross_entropy.ts";

const { log } = Math;
/** Two rows of two positions, over three tokens. */
const LOGITS = Tensor.from([
  [[0, 0, 0], [log(1), log(2), log(5)]],
  [[1000, 1200, 1000], [7 + log(1), 7 + log(2), 7 + log(5)]],
]);
const TARGETS = [[1, 2], [0, 0]];
/** An even guess among three; 5 of 8; 200 nats away; 1 of 8, and a shift changes nothing. */
const LOSSES = [log(3), log(8 / 5), 200, log(8)];

async function lossesOf(weights: number[][]): Promise<Record<string, Tensor>> {
  const g = new Graph();
  const logits = g.input("logits", "float32", [2, 2, 3]);
  const targets = g.input("targets", "int64", [2, 2]);
  g.name(tokenLosses(g, logits, targets), "each");
  g.name(crossEntropy(g, logits, targets, g.input("weights", "float32", [2, 2])), "all");
  const session = await GraphSession.open(g, ["each", "all"]);
  return await session.run({
    logits: LOGITS,
    targets: { integers: TARGETS.flat(), shape: [2, 2] },
    weights: Tensor.from(weights),
  }).finally(() => session.release());
}

Deno.test("a loss is minus the log of the probability of the target", async () => {
  const { each } = await lossesOf([[1, 1], [1, 1]]);
  assertEquals(each.shape, [2, 2]);
  // 32 bits near 7 and 1200 are spaced by 5e-7 and 1e-4; of the latter only the difference is left.
  each.data.forEach((nats, i) => assertAlmostEquals(nats, LOSSES[i], 2e-6, `position ${i}`));
});

Deno.test("the weights say how much each position counts", async () => {
  const mean = await lossesOf([[0.25, 0.25], [0.25, 0.25]]);
  assertEquals(mean.all.shape, [], "one number");
  const sum = LOSSES.reduce((a, b) => a + b, 0);
  assertAlmostEquals(mean.all.at(), sum / 4, 1e-5, "numbers near 50 are rounded by 2e-6");
  const last = await lossesOf([[0, 1], [0, 0.5]]);
  assertAlmostEquals(last.all.at(), log(8 / 5) + log(8) / 2, 2e-6, "zeros leave positions out");
});
