/** The gradients of whole transformers against central differences of the 64-bit reference. */
import "../../fixtures/runtime.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Config, type ConfigInput, makeConfig } from "../model/config.ts";
import { randomWeights } from "../model/init.ts";
import type { Weights } from "../model/params.ts";
import { crossEntropy, reference } from "../model/reference.ts";
import { GraphSession } from "../runtime/engine.ts";
import { Random } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { gradientOf, trainingGraph } from "./training_graph.ts";

const SMALL = { n_layers: 2, d_model: 6, n_heads: 2, d_head: 4, d_mlp: 5, d_vocab: 7, n_ctx: 4 };
const [BATCH, POS] = [2, 4];

const VARIANTS: Record<string, Partial<ConfigInput>> = {
  "learned positions": {},
  "sinusoidal positions": { positions: "sinusoidal" },
  "rotary positions": { positions: "rotary" },
  "ALiBi": { positions: "alibi" },
  "no positions": { positions: "none" },
  "no LayerNorm": { normalization: "none" },
  "exact GELU": { act_fn: "gelu" },
  "ReLU": { act_fn: "relu" },
  "attention only": { attn_only: true },
  "tied embeddings": { tied: true },
  "no biases": { biases: false },
  "no mask": { causal: false },
  "no layers": { n_layers: 0 },
};

/**
 * The 64-bit differences are exact to about 1e-8 (a step of 1e-4, squared, times a third
 * derivative of order 1). The 32-bit gradients are sums of hundreds of products, each rounded by
 * 6e-8, behind up to twenty operations: 2e-5 of the largest gradient of its tensor leaves a factor
 * of ten; a wrong sign, scale or transposition is off by a hundred thousand times as much.
 */
const [STEP, BOUND] = [1e-4, 2e-5];

/** Loss and gradients from the training graph. */
async function trained(config: Config, weights: Weights, tokens: number[][], targets: number[][]) {
  const names = Object.keys(weights);
  const g = trainingGraph(config, [BATCH, POS]);
  const session = await GraphSession.open(g, ["loss", ...names.map(gradientOf)]);
  try {
    const shape = [BATCH, POS];
    return await session.run({
      ...weights,
      tokens: { integers: tokens.flat(), shape },
      targets: { integers: targets.flat(), shape },
      loss_weights: Tensor.full(shape, 1 / (BATCH * POS)),
    });
  } finally {
    await session.release();
  }
}

for (const [what, change] of Object.entries(VARIANTS)) {
  Deno.test(`every parameter's gradient is the loss's slope: ${what}`, async () => {
    const config = makeConfig({ ...SMALL, ...change });
    const weights = randomWeights(config, 1);
    const random = new Random(what);
    const draw = () => Array.from({ length: BATCH }, () => random.integers(POS, config.d_vocab));
    const [tokens, targets] = [draw(), draw()];
    const found = await trained(config, weights, tokens, targets);
    const wide = Object.fromEntries(
      Object.entries(weights).map((
        [name, { shape, data }],
      ) => [name, { shape, data: Float64Array.from(data) }]),
    );
    const lossOf = () =>
      crossEntropy(reference({ config, weights: wide }, tokens).get("logits"), targets);

    assertAlmostEquals(found.loss.at(), lossOf(), 1e-5, "the loss itself");
    for (const [name, { data }] of Object.entries(wide)) {
      const gradient = found[gradientOf(name)];
      assertEquals(gradient.shape, weights[name].shape, `shape of the gradient of ${name}`);
      const slopes = data.map((value, i) => {
        const [up, down] = [STEP, -STEP].map((shift) => {
          data[i] = value + shift;
          return lossOf();
        });
        data[i] = value;
        return (up - down) / (2 * STEP);
      });
      const largest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 1e-3);
      slopes.forEach((slope, i) => {
        const error = Math.abs(gradient.data[i] - slope) / largest;
        assert(error <= BOUND, `${name}[${i}]: slope ${slope}, gradient ${gradient.data[i]}`);
      });
    }
  });
}
