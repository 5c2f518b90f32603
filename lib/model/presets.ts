/** Sizes of published models: shapes and counts can be had from them without weights. */
import { type Config, makeConfig } from "./config.ts";

/**
 * The sizes of GPT-2 small (Radford et al., 2019), the smallest of the released models.
 */
export const gpt2Small: Config = makeConfig({
  n_layers: 12,
  d_model: 768,
  n_heads: 12,
  d_vocab: 50_257,
  n_ctx: 1024,
  tied: true,
});

/**
 * The sizes of Llama 3.2 1B (Grattafiori et al., 2024, arXiv:2407.21783, and its model card),
 * as Hugging Face's `config.json` has them.
 */
export const llama1B: Config = makeConfig({
  n_layers: 16,
  d_model: 2048,
  n_heads: 32,
  n_key_value_heads: 8,
  d_mlp: 8192,
  d_vocab: 128_256,
  n_ctx: 131_072,
  act_fn: "silu",
  gated_mlp: true,
  normalization: "RMS",
  positions: "rotary",
  tied: true,
  biases: false,
  eps: 1e-5,
  position_base: 500_000,
  position_scaling: {
    type: "llama3",
    factor: 32,
    low_freq_factor: 1,
    high_freq_factor: 4,
    original_n_ctx: 8192,
  },
});
