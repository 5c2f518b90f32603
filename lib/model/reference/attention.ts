import { dot } from "../../tensor/arithmetic.ts";
import { add, linear, softmax, type Vector } from "./maths.ts";
import { alibiSlope, rotary } from "./positions.ts";
import type { ReferenceContext } from "./context.ts";

/** What one head computes, at each position. */
interface Head {
  readonly q: Vector[]; // [pos][d_head]
  readonly k: Vector[]; // [pos][d_head]
  readonly v: Vector[]; // [pos][d_head]
  readonly rot_q: Vector[]; // [pos][d_head]
  readonly rot_k: Vector[]; // [pos][d_head]
  readonly attn_scores: Vector[]; // [query][key]
  readonly pattern: Vector[]; // [query][key]
  readonly z: Vector[]; // [pos][d_head]
  readonly result: Vector[]; // [pos][d_model]
}

/** What all heads together write at each position: x and the result are [pos][d_model]. */
export function attention(context: ReferenceContext, name: string, x: readonly Vector[]): Vector[] {
  const { config, bias, keep } = context;
  const heads: Head[] = [];
  for (let h = 0; h < config.n_heads; h++) heads.push(attend(context, name, h, x));

  const rotated = config.positions === "rotary" ? ["rot_q", "rot_k"] as const : [];
  for (const part of ["q", "k", "v", ...rotated, "z", "result"] as const) {
    keep(`${name}.hook_${part}`, x.flatMap((_, pos) => heads.map((head) => head[part][pos])));
  }
  for (const part of ["attn_scores", "pattern"] as const) {
    keep(`${name}.hook_${part}`, heads.flatMap((head) => head[part]));
  }
  const b_O = bias(`${name}.b_O`) ?? new Float64Array(config.d_model);
  return x.map((_, pos) => heads.reduce((sum, head) => add(sum, head.result[pos]), b_O));
}

/** One head: q = x W_Q, k = x W_K, v = x W_V; pattern = softmax(scores); z = pattern v. */
function attend(context: ReferenceContext, name: string, h: number, x: readonly Vector[]): Head {
  const { config, param, bias } = context;
  const project = (part: string) => {
    const [W, b] = [param(`${name}.W_${part}`, h), bias(`${name}.b_${part}`, h)];
    return x.map((row) => linear(row, W, b));
  };
  const [q, k, v] = [project("Q"), project("K"), project("V")];
  const turn = (row: Vector, pos: number) =>
    config.positions === "rotary"
      ? rotary(row, pos * config.position_step, config.position_base)
      : row;
  const [rot_q, rot_k] = [q.map(turn), k.map(turn)];
  const attn_scores = rot_q.map((from, query) =>
    new Float64Array(rot_k.map((to, key) => score(context, h, from, query, to, key)))
  );
  const pattern = attn_scores.map(softmax);
  const z = pattern.map((weights) => weightedSum(weights, v));
  const W_O = param(`${name}.W_O`, h);
  const result = z.map((row) => linear(row, W_O));
  return { q, k, v, rot_q, rot_k, attn_scores, pattern, z, result };
}

/** q . k / sqrt(d_head), less ALiBi's penalty; -Infinity where the key comes after the query. */
function score(
  { config }: ReferenceContext,
  h: number,
  q: Vector,
  query: number,
  k: Vector,
  key: number,
): number {
  if (config.causal && key > query) return -Infinity;
  const product = dot(q, k) / Math.sqrt(config.d_head);
  if (config.positions !== "alibi") return product;
  return product - alibiSlope(h, config.n_heads) * Math.abs(query - key);
}

/** sum_j weights_j rows_j. */
function weightedSum(weights: Vector, rows: readonly Vector[]): Vector {
  const sum = new Float64Array(rows[0].length);
  for (let j = 0; j < rows.length; j++) {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[j] * rows[j][i];
  }
  return sum;
}
