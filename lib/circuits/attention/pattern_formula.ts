import type { Model } from "../../model/model.ts";
import { dot, linear, softmax, type Vector } from "../../model/reference/maths.ts";
import { alibiSlope, rotary } from "../../model/reference/positions.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/**
 * The attention pattern as a formula of the stream and of weights, in plain loops and 64 bits.
 * With x_i the stream at position i, normalised, the weight that query i gives to key j is
 *
 *     softmax over j of (x_i W_Q + b_Q) . (x_j W_K + b_K) / sqrt(d_head)
 *
 * where rotary positions turn both sides of the product, ALiBi takes its penalty off, and places
 * after i do not count. There is no other parameter in it.
 *
 * @param layer Whose weights.
 * @param stream What stands before that layer, `hook_resid_pre` of one text: [pos, d_model].
 * @returns The weights, [head][query][key].
 */
export function patternFromStream(model: Model, layer: number, stream: Tensor): Float64Array[][] {
  const { config } = model;
  const x = Array.from({ length: stream.shape[0] }, (_, pos) => {
    const here = Float64Array.from(stream.get(pos).data);
    return config.normalization === "LN" ? normalised(model, layer, here) : here;
  }); // [pos][d_model]
  return Array.from({ length: config.n_heads }, (_, head) => {
    const [q, k] = [asked(model, layer, head, "Q", x), asked(model, layer, head, "K", x)];
    return q.map((from, i) => softmax(new Float64Array(k.map((to, j) => score(i, j, from, to)))));

    function score(i: number, j: number, from: Vector, to: Vector): number {
      if (config.causal && j > i) return -Infinity;
      const product = dot(from, to) / Math.sqrt(config.d_head);
      const slope = config.positions === "alibi" ? alibiSlope(head, config.n_heads) : 0;
      return product - slope * Math.abs(i - j);
    }
  });
}

/** One head's queries or keys, turned if positions are rotary: [pos][d_head]. */
function asked(
  { config, weights }: Model,
  layer: number,
  head: number,
  side: "Q" | "K",
  x: readonly Vector[],
): Vector[] {
  const parameter = (name: string) => weights[`blocks.${layer}.attn.${name}_${side}`];
  const W = Float64Array.from(parameter("W").get(head).data); // [d_model, d_head]
  const b = config.biases ? Float64Array.from(parameter("b").get(head).data) : undefined;
  return x.map((row, pos) => {
    const straight = linear(row, W, b);
    if (config.positions !== "rotary") return straight;
    return rotary(straight, pos * config.position_step, config.position_base);
  });
}

/** LayerNorm before attention: (x - mean) / sqrt(variance + eps) * w + b. */
function normalised({ config, weights }: Model, layer: number, x: Vector): Vector {
  const [w, b] = ["w", "b"].map((part) => weights[`blocks.${layer}.ln1.${part}`]?.data);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const centred = x.map((value) => value - mean);
  const scale = Math.sqrt(dot(centred, centred) / x.length + config.eps);
  return centred.map((value, i) => value / scale * w[i] + (b ? b[i] : 0));
}
