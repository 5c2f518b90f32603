/** The gradients of the training graph by slopes; all of them in the longer suite. */
import "../../runtime/testing/start.ts";
import { assertEquals } from "@std/assert";
import { type ConfigInput, makeConfig, parameterShapes } from "../../model/mod.ts";
import { LLAMA } from "../../model/testing/small_models.ts";
import { checkModelGradients, SMALL } from "../testing/model_gradients.ts";
import { gradientOf, trainingGraph } from "./training_graph.ts";

/** Every choice that a config offers, several at a time: opening a session is what takes long. */
const MIXTURES: Readonly<Record<string, Partial<ConfigInput>>> = {
  "sinusoidal positions, exact GELU": { positions: "sinusoidal", act_fn: "gelu" },
  "rotary positions, ReLU, tied embeddings": { positions: "rotary", act_fn: "relu", tied: true },
  "learned positions": {},
  "a Llama": LLAMA,
  "a full W_QK": { query_key: "full" },
  "keys that are the queries, ALiBi": { query_key: "same", positions: "alibi" },
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
