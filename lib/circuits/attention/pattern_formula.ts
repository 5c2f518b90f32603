import { type Model, parameterShapes } from "../../model/mod.ts";
import type { Tensor } from "../../tensor/mod.ts";
import { reference } from "../../model/reference/reference.ts";

/**
 * The attention pattern as a formula of the stream and of weights, in plain loops and 64 bits.
 * With x_i the stream at position i, normalised, the weight that query i gives to key j is
 *
 *     softmax over j of (x_i W_Q + b_Q) . (x_j W_K + b_K) / sqrt(d_head)
 *
 * where rotary positions turn both sides of the product, ALiBi takes its penalty off, and places
 * after i do not count. There is no other parameter in it: it is the reference's, of that layer
 * alone, with the stream in the place of embeddings.
 *
 * @param layer Whose weights.
 * @param stream What stands before that layer, `hook_resid_pre` of one text: [pos, d_model].
 * @returns The weights in order, [head, query, key].
 */
export function patternFromStream(
  { config, weights }: Model,
  layer: number,
  stream: Tensor,
): Float64Array {
  const [d_vocab] = stream.shape;
  const added = config.positions === "learned" || config.positions === "sinusoidal";
  const positions = added ? "none" : config.positions; // they are in the stream already
  const alone = { ...config, positions, d_vocab, n_layers: 1, attn_only: true, tied: true };
  const own = Object.keys(parameterShapes(alone))
    .map((name) => [name, weights[name.replace("blocks.0.", `blocks.${layer}.`)]]);
  const given = { config: alone, weights: { ...Object.fromEntries(own), "embed.W_E": stream } };
  const text = Array.from({ length: d_vocab }, (_, token) => token);
  return reference(given, [text]).get("blocks.0.attn.hook_pattern").data;
}
