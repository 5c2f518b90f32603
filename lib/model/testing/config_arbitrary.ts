import fc from "fast-check";
import { type Config, makeConfig, SCHEMES } from "../config.ts";
import type { PositionScaling } from "../position_scaling.ts";

const SCALINGS: readonly (PositionScaling | null)[] = [
  null,
  { type: "llama3", factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_n_ctx: 64 },
  {
    ...{ type: "yarn", factor: 4, beta_fast: 32, beta_slow: 1 } as const,
    ...{ attention_factor: 1.14, original_n_ctx: 64 },
  },
];

/** Small configs of every kind, for property tests; sizes differ so that no axis passes for another. */
export const anyConfig: fc.Arbitrary<Config> = fc.record({
  n_layers: fc.nat({ max: 2 }),
  d_model: fc.constantFrom(2, 6),
  n_heads: fc.integer({ min: 1, max: 4 }),
  d_head: fc.constantFrom(2, 4),
  d_mlp: fc.integer({ min: 1, max: 5 }),
  d_vocab: fc.integer({ min: 1, max: 7 }),
  n_ctx: fc.integer({ min: 1, max: 5 }),
  act_fn: fc.constantFrom("gelu_new", "gelu", "relu", "silu"),
  gated_mlp: fc.boolean(),
  normalization: fc.constantFrom("LN", "RMS", "none"),
  positions: fc.constantFrom(...SCHEMES),
  query_key: fc.constantFrom("pair", "same", "full"),
  attn_only: fc.boolean(),
  causal: fc.boolean(),
  tied: fc.boolean(),
  biases: fc.boolean(),
  unembed_bias: fc.boolean(),
  eps: fc.constantFrom(1e-5, 1e-6),
  position_base: fc.constantFrom(10_000, 100),
  position_step: fc.constantFrom(1, 0.25),
  position_scaling: fc.constantFrom(...SCALINGS),
  rotary_adjacent_pairs: fc.boolean(),
  n_key_value_heads: fc.constantFrom(1, 2, 3, 4),
}).map((drawn) => {
  const rotary = drawn.positions === "rotary";
  const query_key = rotary ? "pair" : drawn.query_key;
  const shares = query_key === "pair" && drawn.n_heads % drawn.n_key_value_heads === 0;
  return makeConfig({
    ...drawn,
    query_key,
    n_key_value_heads: shares ? drawn.n_key_value_heads : drawn.n_heads,
    position_scaling: rotary ? drawn.position_scaling : null,
  });
});
