/** The training graph: its loss by hand, its gradients by slopes; all slopes in the longer suite. */
import "../../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type ConfigInput, makeConfig } from "../../model/config.ts";
import { parameterShapes } from "../../model/params.ts";
import { Graph } from "../../onnx/graph.ts";
import { GraphSession } from "../../runtime/session.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { crossEntropy, tokenLosses } from "../loss.ts";
import { checkModelGradients, SMALL } from "../testing/model_gradients.ts";
import { gradientOf, trainingGraph } from "./training_graph.ts";

const { log } = Math;
/** Two rows of two positions, over three tokens. */
const LOGITS = Tensor.from([
  [[0, 0, 0], [log(1), log(2), log(5)]],
  [[1000, 1200, 1000], [7 + log(1), 7 + log(2), 7 + log(5)]],
]);
const TARGETS = [[1, 2], [0, 0]];
/** An even guess among three; 5 of 8; 200 nats away; 1 of 8, and a shift changes nothing. */
const LOSSES = [log(3), log(8 / 5), 200, log(8)];

async function lossesOf(weights: number[][]): Promise<{ each: Tensor; all: Tensor }> {
  const g = new Graph();
  const logits = g.input("logits", "float32", [2, 2, 3]);
  const targets = g.input("targets", "int64", [2, 2]);
  g.name(tokenLosses(g, logits, targets), "each");
  g.name(crossEntropy(g, logits, targets, g.input("weights", "float32", [2, 2])), "all");
  const session = await GraphSession.open(g, ["each", "all"]);
  try {
    const found = await session.run({
      logits: LOGITS,
      targets: { integers: TARGETS.flat(), shape: [2, 2] },
      weights: Tensor.from(weights),
    });
    return { each: found.each, all: found.all };
  } finally {
    await session.release();
  }
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

/** Every choice that a config offers, several at a time: opening a session is what takes long. */
const MIXTURES: Readonly<Record<string, Partial<ConfigInput>>> = {
  "sinusoidal positions, exact GELU": { positions: "sinusoidal", act_fn: "gelu" },
  "rotary positions, ReLU, tied embeddings": { positions: "rotary", act_fn: "relu", tied: true },
  "learned positions": {},
  "two layers, no positions, no LayerNorm, no mask": {
    n_layers: 2,
    positions: "none",
    normalization: "none",
    causal: false,
  },
  "no layers": { n_layers: 0 },
};

Deno.test("all gradients of every parameter are the loss's slopes: ALiBi, attention only, no biases", async () => {
  const choice = { positions: "alibi", attn_only: true, biases: false } as const;
  await checkModelGradients(makeConfig({ ...SMALL, ...choice }));
});

for (const [what, change] of Object.entries(MIXTURES)) {
  Deno.test(`some gradients of every parameter are the loss's slopes: ${what}`, async () => {
    await checkModelGradients(makeConfig({ ...SMALL, ...change }), { elements: 3 });
  });
}

Deno.test("a training graph is fed parameters and text, and names loss and gradients", () => {
  const config = makeConfig({ ...SMALL, attn_only: true });
  const parameters = Object.keys(parameterShapes(config));
  const g = trainingGraph(config, [2, 3]);
  assertEquals(
    g.inputs.map(({ name, shape }) => [name, shape]).filter(([name]) =>
      !parameters.includes(name as string)
    ),
    [["tokens", [2, 3]], ["targets", [2, 3]], ["loss_weights", [2, 3]]],
  );
  assertEquals(g.find("loss")?.shape, [], "the loss is one number");
  for (const [name, shape] of Object.entries(parameterShapes(config))) {
    assertEquals(g.find(gradientOf(name))?.shape, shape, `the gradient of ${name}`);
  }
});
