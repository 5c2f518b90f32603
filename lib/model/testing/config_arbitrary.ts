import fc from "fast-check";
import { type Config, makeConfig, SCHEMES } from "../config.ts";

/** Small configs of every kind, for property tests; sizes differ so that no axis passes for another. */
export const anyConfig: fc.Arbitrary<Config> = fc.record({
  n_layers: fc.nat({ max: 2 }),
  d_model: fc.constantFrom(2, 6),
  n_heads: fc.integer({ min: 1, max: 3 }),
  d_head: fc.constantFrom(2, 4),
  d_mlp: fc.integer({ min: 1, max: 5 }),
  d_vocab: fc.integer({ min: 1, max: 7 }),
  n_ctx: fc.integer({ min: 1, max: 5 }),
  act_fn: fc.constantFrom("gelu_new", "gelu", "relu"),
  normalization: fc.constantFrom("LN", "none"),
  positions: fc.constantFrom(...SCHEMES),
  query_key: fc.constantFrom("pair", "same", "full"),
  attn_only: fc.boolean(),
  causal: fc.boolean(),
  tied: fc.boolean(),
  biases: fc.boolean(),
  eps: fc.constantFrom(1e-5, 1e-6),
  position_base: fc.constantFrom(10_000, 100),
  position_step: fc.constantFrom(1, 0.25),
}).map((drawn) =>
  makeConfig(drawn.positions === "rotary" ? { ...drawn, query_key: "pair" } : drawn)
);
