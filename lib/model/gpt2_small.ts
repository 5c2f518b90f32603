import { type Config, makeConfig } from "./config.ts";

/**
 * The sizes of GPT-2 small (Radford et al., 2019), the smallest of the released models. Shapes and
 * counts can be had from them without its weights.
 */
export const gpt2Small: Config = makeConfig({
  n_layers: 12,
  d_model: 768,
  n_heads: 12,
  d_vocab: 50_257,
  n_ctx: 1024,
  tied: true,
});
