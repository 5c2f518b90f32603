import { headsOf, inEachBlock, type Model, needs } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { dot, max, singularValues, stack, Tensor } from "../../tensor/mod.ts";
import { frequencies } from "../../model/graph/positions.ts";
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
  const rows = (matrix: string) => weights[`blocks.${layer}.attn.${matrix}`].get(head);
  if (query_key === "full") {
    const [W, none] = [rows("W_QK"), [Array(d_model + 1).fill(0)]];
    return Tensor.from([...(W.toNested() as number[][]).map((row) => [...row, 0]), ...none]);
  }
  const side = (letter: "Q" | "K") => {
    const W = rows(`W_${letter}`);
    const b = biases ? rows(`b_${letter}`) : Tensor.full([d_head]);
    return Array.from({ length: d_model + 1 }, (_, i) => [...(i < d_model ? W.get(i) : b).data]);
  };
  const angles = config.positions === "rotary"
    ? [...frequencies(config, d_head).data].map((f) => -distance * config.position_step * f)
    : [];
  const keys = side(query_key === "same" ? "Q" : "K").map((key) => turned(key, angles));
  return Tensor.from(side("Q").map((query) => keys.map((key) => dot(query, key))));
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
  const { config } = model;
  const unfit = needs.attention(config) ?? (config.positions === "alibi" ? "ALiBi" : undefined);
  if (unfit) throw new RangeError(`Cannot take scores apart: plain or rotary required, ${unfit}`);
  const scores = inEachBlock(config, "attn.hook_attn_scores");
  const reads = scores.map((_, layer) => attentionInput(config, `blocks.${layer}`));
  const kept = await run(model, [text], { hooks: [...reads, ...scores] });
  const found = headsOf(config).map(({ layer, head }) => {
    const x = text.map((_, p) => [...kept.get(reads[layer]).get(0, p).data, 1]); // (x, 1)
    const own = kept.get(scores[layer]).get(0, head); // [query, key]
    const off = text.map((_, distance) => {
      const W = matrixAt(model, layer, head, distance);
      const score = (query: number) => bilinear(x[query], W, x[query - distance]);
      return max(
        x.slice(distance).map((_, key) =>
          Math.abs(score(key + distance) / Math.sqrt(config.d_head) - own.at(key + distance, key))
        ),
      );
    });
    return { off: max(off), largest: largestFinite(own) };
  });
  return max(found.map(({ off }) => off)) / max(found.map(({ largest }) => largest));
}

/** x W y in 64 bits. */
function bilinear(x: readonly number[], W: Tensor, y: readonly number[]): number {
  return dot(x, x.map((_, row) => dot(W.get(row).data, y)));
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
