import { assertAlmostEquals, assertEquals } from "@std/assert";
import { makeConfig, randomWeights, type Weights } from "../model/mod.ts";
import { Tensor } from "../tensor/mod.ts";
import { startAdamW, stepAdamW } from "./adamw.ts";

const one = (x: number) => new Tensor(Float32Array.of(x), [1]);
/** A matrix, which decays, and a bias, which does not. */
const both = (x: number): Weights => ({ "attn.W_Q": one(x), "attn.b_Q": one(x) });
const SETTINGS = { betas: [0.9, 0.99], weightDecay: 0.5 } as const;
/** A handful of roundings of numbers below 1, each at most 6e-8. */
const ROUNDING = 3e-7;

Deno.test("the first two steps are as by hand", () => {
  let state = stepAdamW(startAdamW(both(1)), both(0.5), 0.1, SETTINGS);
  // Corrected for their start at zero the means are 0.5 and 0.25: 0.5 / sqrt(0.25) = 1 of the rate.
  assertEquals(state.step, 1);
  assertAlmostEquals(state.weights["attn.b_Q"].at(0), 1 - 0.1, ROUNDING, "the bias moves");
  assertAlmostEquals(state.weights["attn.W_Q"].at(0), 0.95 - 0.1, ROUNDING, "less 0.1 * 0.5 of 1");
  assertAlmostEquals(state.means["attn.W_Q"].at(0), 0.05, ROUNDING, "a tenth of 0.5");
  assertAlmostEquals(state.squares["attn.W_Q"].at(0), 0.0025, ROUNDING, "a hundredth of 0.25");

  state = stepAdamW(state, both(-1), 0.2, SETTINGS);
  // mean 0.9 * 0.05 - 0.1 = -0.055, over 1 - 0.9^2 = 0.19; square 0.99 * 0.0025 + 0.01 = 0.012475,
  // over 1 - 0.99^2 = 0.0199: -0.28947368 / sqrt(0.62688442) = -0.36560771 of the rate 0.2.
  assertEquals(state.step, 2);
  assertAlmostEquals(state.means["attn.W_Q"].at(0), -0.055, ROUNDING);
  assertAlmostEquals(state.squares["attn.W_Q"].at(0), 0.012475, ROUNDING);
  assertAlmostEquals(state.weights["attn.b_Q"].at(0), 0.9 + 0.07312154, ROUNDING);
  assertAlmostEquals(state.weights["attn.W_Q"].at(0), 0.85 * 0.9 + 0.07312154, ROUNDING);
});

Deno.test("matrices and tables decay; biases and LayerNorm weights do not", () => {
  const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 5, n_ctx: 3 });
  const weights = randomWeights(config, 1);
  const still = startAdamW(weights).means; // zeros: nothing moves but by decay
  const { weights: after } = stepAdamW(startAdamW(weights), still, 0.1, SETTINGS);
  // Were they not copied at the start, they would be the same as what came of them.
  const decayed = Object.keys(weights).filter((name) => {
    const share = 1 - 0.1 * 0.5;
    const expected = weights[name].map((x) => x * share);
    const same = `${after[name].data}` === `${weights[name].data}`;
    if (!same) assertEquals(after[name], expected, `${name} loses rate times decay of itself`);
    return !same;
  });
  assertEquals(decayed, [
    "embed.W_E",
    "pos_embed.W_pos",
    "blocks.0.attn.W_Q",
    "blocks.0.attn.W_K",
    "blocks.0.attn.W_V",
    "blocks.0.attn.W_O",
    "blocks.0.mlp.W_in",
    "blocks.0.mlp.W_out",
    "unembed.W_U",
  ]);
});

Deno.test("decay does not pass through the division by the gradients' size", () => {
  // L2 regularization would: the same decay for a gradient a thousand times as large.
  const after = [1e-3, 1].map((g) =>
    stepAdamW(startAdamW(both(1)), both(g), 0.1, SETTINGS).weights["attn.W_Q"].at(0)
  );
  assertAlmostEquals(after[0], after[1], 2e-6, "epsilon is 1e-5 of a gradient of 1e-3");
});

Deno.test("gradients are scaled before anything is kept of them", () => {
  const scaled = stepAdamW(startAdamW(both(1)), both(4), 0.1, SETTINGS, 0.25);
  assertEquals(scaled, stepAdamW(startAdamW(both(1)), both(1), 0.1, SETTINGS));
});
