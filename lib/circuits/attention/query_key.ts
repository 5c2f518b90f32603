import {
  type Config,
  headsOf,
  inEachBlock,
  keyHeadOf,
  type Model,
  needs,
} from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { dot, max, singularValues, stack, Tensor } from "../../tensor/mod.ts";
import { product64 } from "../../tensor/arithmetic.ts";
import { frequencies } from "../../model/graph/frequencies.ts";
import { attentionInput } from "../../model/hooks.ts";
import { largestFinite } from "./score_difference.ts";

/**
 * One head's W_QK in 64 bits, biases on an extra coordinate (zeros where there are none): the score
 * of a query at x and a key at y is (x, 1) W_QK (y, 1), over the square root of d_head. Where it is a
 * parameter of its own it has no bias.
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
  const { d_model, d_head, biases, query_key } = config;
  const rows = (matrix: string) => {
    const own = matrix.endsWith("K") ? keyHeadOf(config, head) : head;
    return weights[`blocks.${layer}.attn.${matrix}`].get(own);
  };
  if (query_key === "full") {
    const [W, none] = [rows("W_QK"), [Array(d_model + 1).fill(0)]];
    return Tensor.from([...(W.toNested() as number[][]).map((row) => [...row, 0]), ...none]);
  }
  const side = (letter: "Q" | "K") => {
    const W = rows(`W_${letter}`);
    const b = biases ? rows(`b_${letter}`) : Tensor.full([d_head]);
    return Array.from(
      { length: d_model + 1 },
      (_, i) => Float64Array.from((i < d_model ? W.get(i) : b).data),
    );
  };
  const turn = turnBack(config, distance);
  const keys = side(query_key === "same" ? "Q" : "K").map(turn);
  return new Tensor(scalarProducts(side("Q"), keys), [d_model + 1, d_model + 1]);
}

/** Of each row with each other one; of one kind of array only, which spares a third of the time. */
function scalarProducts(
  rows: readonly Float64Array[],
  others: readonly Float64Array[],
): Float32Array {
  const products = new Float32Array(rows.length * others.length);
  for (const [i, row] of rows.entries()) {
    for (const [j, other] of others.entries()) {
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += row[k] * other[k];
      products[i * others.length + j] = sum;
    }
  }
  return products;
}

/**
 * What rotary positions do to a key that stands so many places before its query, as the query sees
 * it; as it is in other schemes. YaRN makes both longer, which all falls to the key here.
 */
function turnBack(config: Config, distance: number): (key: Float64Array) => Float64Array {
  const { positions, position_step, position_scaling, rotary_adjacent_pairs, d_head } = config;
  if (positions !== "rotary") return (key) => key;
  const longer = position_scaling?.type === "yarn" ? position_scaling.attention_factor ** 2 : 1;
  const half = d_head / 2;
  const angles = [...frequencies(config, d_head).data].map((f) => -distance * position_step * f);
  return (key) => {
    const seen = new Float64Array(d_head);
    angles.forEach((angle, pair) => {
      const [a, b] = rotary_adjacent_pairs ? [2 * pair, 2 * pair + 1] : [pair, pair + half];
      const [cos, sin] = [longer * Math.cos(angle), longer * Math.sin(angle)];
      seen[a] = key[a] * cos - key[b] * sin;
      seen[b] = key[b] * cos + key[a] * sin;
    });
    return seen;
  };
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
  const { config } = model;
  const unfit = needs.attention(config) ?? (config.positions === "alibi" ? "ALiBi" : undefined);
  if (unfit) throw new RangeError(`Cannot take scores apart: plain or rotary required, ${unfit}`);
  const scores = inEachBlock(config, "attn.hook_attn_scores");
  const reads = scores.map((_, layer) => attentionInput(config, `blocks.${layer}`));
  const kept = await run(model, [text], { hooks: [...reads, ...scores] });
  const found = headsOf(config).map(({ layer, head }) => {
    const x = withOne(kept.get(reads[layer]).get(0));
    const own = kept.get(scores[layer]).get(0, head); // [query, key]
    const off = text.map((_, distance) => {
      const score = bilinearForm(x, matrixAt(model, layer, head, distance));
      return max(
        text.slice(distance).map((_, key) => {
          const query = key + distance;
          return Math.abs(score(query, key) / Math.sqrt(config.d_head) - own.at(query, key));
        }),
      );
    });
    return { off: max(off), largest: largestFinite(own) };
  });
  return max(found.map(({ off }) => off)) / max(found.map(({ largest }) => largest));
}

/** Vectors, each with a one behind it, or with another number: [pos, width + 1]. */
export function withOne({ data, shape: [pos, width] }: Tensor, one = 1): Tensor {
  const longer = Tensor.full([pos, width + 1], one);
  for (let p = 0; p < pos; p++) {
    longer.data.set(data.subarray(p * width, (p + 1) * width), p * (width + 1));
  }
  return longer;
}

/** x_i W x_j in 64 bits, of vectors by their numbers: [pos, width]. */
export function bilinearForm(x: Tensor, W: Tensor): (i: number, j: number) => number {
  const [, width] = x.shape;
  const xW = product64(x, W);
  const row = (numbers: Float64Array | Float32Array, i: number) =>
    numbers.subarray(i * width, (i + 1) * width);
  return (i, j) => dot(row(xW, i), row(x.data, j));
}

/**
 * The rank of the W_QK of all heads of a layer, one above the other: how many independent
 * directions their keys have together.
 */
export function rankOfHeads(model: Model, layer: number): number {
  const { n_heads, d_model } = model.config;
  const heads = Array.from({ length: n_heads }, (_, head) => queryKeyMatrix(model, layer, head));
  const values = singularValues(stack(heads).reshape(n_heads * (d_model + 1), d_model + 1));
  return values.filter((value) => value > 1e-5 * values[0]).length; // rounding leaves about 1e-7
}
