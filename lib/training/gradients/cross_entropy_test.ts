import "../../runtime/testing/start.ts";
import { assertAlmostEquals } from "@std/assert";
import { Graph } from "../../onnx/mod.ts";
import { GraphSession } from "../../runtime/mod.ts";
import { Tensor } from "../../tensor/mod.ts";
import { crossEntropy } from "./cross_entropy.ts";

const { log } = Math;
/** Two rows of two positions, over three tokens. */
const LOGITS = Tensor.from([
  [[0, 0, 0], [log(1), log(2), log(5)]],
  [[1000, 1200, 1000], [7 + log(1), 7 + log(2), 7 + log(5)]],
]);
const TARGETS = [[1, 2], [0, 0]];
/** An even guess among three; 5 of 8; 200 nats away; 1 of 8, and a shift changes nothing. */
const LOSSES = [log(3), log(8 / 5), 200, log(8)];

/** The loss where each position counts as much as told. */
async function lossOf(weights: number[][]): Promise<number> {
  const g = new Graph();
  const logits = g.input("logits", "float32", [2, 2, 3]);
  const targets = g.input("targets", "int64", [2, 2]);
  g.name(crossEntropy(g, logits, targets, g.input("weights", "float32", [2, 2])), "loss");
  const session = await GraphSession.open(g, ["loss"]);
  const { loss } = await session.run({
    logits: LOGITS,
    targets: { integers: TARGETS.flat(), shape: [2, 2] },
    weights: Tensor.from(weights),
  }).finally(() => session.release());
  return loss.at();
}

Deno.test("a loss is minus the log of the probability of the target, weighted and summed", async () => {
  for (const [i, nats] of LOSSES.entries()) {
    const alone = Array(4).fill(0).with(i, 1);
    // 32 bits near 7 and 1200 are spaced by 5e-7 and 1e-4; of the latter only the difference is left.
    const found = await lossOf([alone.slice(0, 2), alone.slice(2)]);
    assertAlmostEquals(found, nats, 2e-6, `position ${i}; zeros leave the others out`);
  }
  const mean = LOSSES.reduce((a, b) => a + b, 0) / 4;
  const found = await lossOf([[0.25, 0.25], [0.25, 0.25]]);
  assertAlmostEquals(found, mean, 1e-5, "numbers near 50 are rounded by 2e-6");
});
