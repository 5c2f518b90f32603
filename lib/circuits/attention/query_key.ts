import { attentionInput } from "../../model/hooks.ts";
import { frequencies } from "../../model/graph/positions.ts";
import type { Model } from "../../model/model.ts";
import { needs } from "../../model/needs.ts";
import { run } from "../../runtime/run.ts";
import { dot } from "../../tensor/arithmetic.ts";
import { singularValues } from "../../tensor/svd.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { largestFinite } from "./scores_apart.ts";

/**
 * One head's W_QK in 64 bits, biases on an extra coordinate (zeros where there are none): the score
 * of a query at x and a key at y is (x, 1) W_QK (y, 1), over the square root of d_head.
 *
 * @param distance With rotary positions, by how many places the key stands before the query: the
 * turn that lies between them is part of the matrix. It makes no difference elsewhere.
 * @returns [d_model + 1, d_model + 1].
 */
export function queryKeyMatrix(
  { config, weights }: Model,
  layer: number,
  head: number,
  distance = 0,
): Tensor {
  const { d_model, d_head, biases } = config;
  const side = (letter: "Q" | "K") => {
    const W = weights[`blocks.${layer}.attn.W_${letter}`].get(head);
    const b = biases
      ? weights[`blocks.${layer}.attn.b_${letter}`].get(head)
      : Tensor.full([d_head]);
    return Array.from({ length: d_model + 1 }, (_, i) => [...(i < d_model ? W.get(i) : b).data]);
  };
  const angles = config.positions === "rotary"
    ? [...frequencies(config, d_head).data].map((f) => -distance * config.position_step * f)
    : [];
  const keys = side("K").map((key) => turned(key, angles));
  const W_QK = Tensor.full([d_model + 1, d_model + 1]);
  side("Q").forEach((query, row) =>
    keys.forEach((key, column) => W_QK.data[row * keys.length + column] = dot(query, key))
  );
  return W_QK;
}

/** Coordinates i and i + half turned by the i-th angle; as it is where there is none. */
function turned(x: readonly number[], angles: readonly number[]): readonly number[] {
  if (angles.length === 0) return x;
  const half = angles.length;
  return x.map((value, i) => {
    const angle = angles[i % half];
    const other = i < half ? -x[i + half] : x[i - half];
    return value * Math.cos(angle) + other * Math.sin(angle);
  });
}

/**
 * How far the scores of all heads are from (x, 1) W (y, 1), with a matrix W for each distance: the
 * largest difference, relative to the largest score.
 *
 * @param matrixAt W by the distance from key to query; {@linkcode queryKeyMatrix} unless told.
 * @throws {RangeError} Without attention, or with ALiBi, whose penalty is no matrix.
 */
export async function scoresFromMatrices(
  model: Model,
  text: readonly number[],
  matrixAt: typeof queryKeyMatrix = queryKeyMatrix,
): Promise<number> {
  const { n_layers, n_heads, normalization, positions, d_head } = model.config;
  const unfit = needs.attention(model.config) ?? (positions === "alibi" ? "ALiBi" : undefined);
  if (unfit) throw new RangeError(`Cannot take scores apart: plain or rotary required, ${unfit}`);
  const blocks = Array.from({ length: n_layers }, (_, layer) => `blocks.${layer}`);
  const hooks = blocks.flatMap((block) => [
    attentionInput({ normalization }, block),
    `${block}.attn.hook_attn_scores`,
  ]);
  const kept = await run(model, [text], { hooks });
  let [apart, largest] = [0, 0];
  blocks.forEach((_, layer) => {
    const x = [...text.keys()].map((p) => [...kept.get(hooks[2 * layer]).get(0, p).data, 1]);
    for (let head = 0; head < n_heads; head++) {
      const scores = kept.get(hooks[2 * layer + 1]).get(0, head); // [query, key]
      largest = Math.max(largest, largestFinite(scores));
      for (let distance = 0; distance < text.length; distance++) {
        const W = matrixAt(model, layer, head, distance);
        for (let query = distance; query < text.length; query++) {
          const score = bilinear(x[query], W, x[query - distance]) / Math.sqrt(d_head);
          apart = Math.max(apart, Math.abs(score - scores.at(query, query - distance)));
        }
      }
    }
  });
  return apart / largest;
}

/** x W y in 64 bits. */
function bilinear(x: readonly number[], { data }: Tensor, y: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    let row = 0;
    for (let j = 0; j < y.length; j++) row += data[i * y.length + j] * y[j];
    sum += x[i] * row;
  }
  return sum;
}

/**
 * The rank of the W_QK of all heads of a layer, one above the other: how many independent
 * directions their keys have together.
 */
export function rankOfHeads(model: Model, layer: number): number {
  const { n_heads, d_model } = model.config;
  const heads = Array.from({ length: n_heads }, (_, head) => queryKeyMatrix(model, layer, head));
  const stacked = Float32Array.from(heads.flatMap(({ data }) => [...data]));
  const values = singularValues(new Tensor(stacked, [n_heads * (d_model + 1), d_model + 1]));
  return values.filter((value) => value > 1e-5 * values[0]).length; // rounding leaves about 1e-7
}
