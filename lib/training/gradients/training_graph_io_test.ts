/** Every gradient with each choice of a config: too many for the plain suite, nothing else. */
import "../../runtime/testing/start.ts";
import { type ConfigInput, makeConfig } from "../../model/mod.ts";
import { checkModelGradients, SMALL } from "../testing/model_gradients.ts";

/** Every choice that a config offers, one at a time. */
const VARIANTS: Readonly<Record<string, Partial<ConfigInput>>> = {
  "learned positions": {},
  "one layer": { n_layers: 1 },
  "no layers": { n_layers: 0 },
  "sinusoidal positions": { positions: "sinusoidal" },
  "rotary positions": { positions: "rotary" },
  "ALiBi": { positions: "alibi" },
  "no positions": { positions: "none" },
  "no LayerNorm": { normalization: "none" },
  "exact GELU": { act_fn: "gelu" },
  "ReLU": { act_fn: "relu" },
  "gated SiLU": { act_fn: "silu", gated_mlp: true },
  "RMSNorm": { normalization: "RMS" },
  "shared keys": { n_heads: 4, n_key_value_heads: 2 },
  "rotary positions of adjacent pairs": { positions: "rotary", rotary_adjacent_pairs: true },
  "attention only": { attn_only: true },
  "tied embeddings": { tied: true },
  "no biases": { biases: false },
  "no mask": { causal: false },
};

for (const [what, change] of Object.entries(VARIANTS)) {
  Deno.test(`all gradients of every parameter are the loss's slopes: ${what}`, async () => {
    await checkModelGradients(makeConfig({ ...SMALL, n_layers: 2, ...change }), { seed: 2 });
  });
}
