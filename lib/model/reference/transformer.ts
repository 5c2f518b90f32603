import { dot, mean as meanOf } from "../../tensor/mod.ts";
import type { Config } from "../config.ts";
import { hasUnembedBias } from "../params.ts";
import { add, gelu, geluNew, linear, silu, softmax, type Vector } from "./maths.ts";
import { alibiSlope, rotary, sinusoidal } from "./positions.ts";

/** What the layers of the reference need to know, and where they put what they find. */
export interface ReferenceContext {
  readonly config: Config;
  /** A parameter by name, row after row; of one head, where the heads are its first axis. */
  param(name: string, head?: number): Vector;
  /** The same for a bias, which a model may be without. */
  bias(name: string, head?: number): Vector | undefined;
  /** Keeps the activations of a hook, for the row of tokens that is being read. */
  keep(hook: string, parts: readonly Vector[]): void;
}

/** A whole transformer, for one row of tokens: the logits, [pos][d_vocab]. */
export function transformer(context: ReferenceContext, tokens: readonly number[]): Vector[] {
  let resid = embed(context, tokens); // [pos][d_model]
  for (let layer = 0; layer < context.config.n_layers; layer++) {
    resid = block(context, `blocks.${layer}`, resid);
  }
  const normalized = norm(context, "ln_final", resid); // [pos][d_model]
  return unembed(context, normalized);
}

/** The token's row of W_E, plus a vector for its position if the scheme adds one. */
function embed({ config, param, keep }: ReferenceContext, tokens: readonly number[]): Vector[] {
  const { positions, d_model, position_base, position_step } = config;
  const W_E = param("embed.W_E");
  const embedded = tokens.map((token) => rowOf(W_E, token, d_model)); // [pos][d_model]
  keep("hook_embed", embedded);
  if (positions !== "learned" && positions !== "sinusoidal") return embedded;
  const position = tokens.map((_, pos) =>
    positions === "learned"
      ? rowOf(param("pos_embed.W_pos"), pos, d_model)
      : sinusoidal(pos * position_step, d_model, position_base)
  ); // [pos][d_model]
  keep("hook_pos_embed", position);
  return embedded.map((row, pos) => add(row, position[pos]));
}

/** mid = pre + attention(norm(pre)), post = mid + mlp(norm(mid)). */
function block(context: ReferenceContext, name: string, pre: readonly Vector[]): Vector[] {
  const { config, keep } = context;
  keep(`${name}.hook_resid_pre`, pre);
  const attn_out = attention(context, `${name}.attn`, norm(context, `${name}.ln1`, pre));
  keep(`${name}.hook_attn_out`, attn_out);
  const mid = pre.map((row, pos) => add(row, attn_out[pos])); // [pos][d_model]
  if (config.attn_only) {
    keep(`${name}.hook_resid_post`, mid);
    return mid;
  }
  keep(`${name}.hook_resid_mid`, mid);
  const mlp_out = mlp(context, `${name}.mlp`, norm(context, `${name}.ln2`, mid));
  keep(`${name}.hook_mlp_out`, mlp_out);
  const post = mid.map((row, pos) => add(row, mlp_out[pos])); // [pos][d_model]
  keep(`${name}.hook_resid_post`, post);
  return post;
}

/** What all heads together write at each position: x and the result are [pos][d_model]. */
function attention(context: ReferenceContext, name: string, x: readonly Vector[]): Vector[] {
  const { config, bias, keep } = context;
  const heads = Array.from({ length: config.n_heads }, (_, h) => attend(context, name, h, x));
  const rotated = config.positions === "rotary" ? ["rot_q", "rot_k"] as const : [];
  const keys = config.query_key === "pair" ? ["k"] as const : [];
  const group = config.n_heads / config.n_key_value_heads;
  const owners = heads.filter((_, h) => h % group === 0); // one of each that share keys and values
  for (const part of ["q", ...keys, "v", ...rotated, "z", "result"] as const) {
    const own = ["k", "v", "rot_k"].includes(part) ? owners : heads;
    keep(`${name}.hook_${part}`, x.flatMap((_, pos) => own.map((head) => head[part][pos])));
  }
  for (const part of ["attn_scores", "pattern"] as const) {
    keep(`${name}.hook_${part}`, heads.flatMap((head) => head[part]));
  }
  const b_O = bias(`${name}.b_O`) ?? new Float64Array(config.d_model);
  return x.map((_, pos) => heads.reduce((sum, head) => add(sum, head.result[pos]), b_O));
}

/**
 * One head: q = x W_Q, k = x W_K (of the group that it is in; k = q where they are the same; q = x W_QK and k = x where that is a
 * parameter), v = x W_V; scores = q . k / sqrt(d_head), less ALiBi's penalty, and
 * -Infinity where the key comes after the query; pattern = softmax(scores); z = pattern v.
 */
function attend(context: ReferenceContext, name: string, h: number, x: readonly Vector[]) {
  const { config, param, bias } = context;
  const { positions, query_key, n_heads, n_key_value_heads } = config;
  const shared = Math.floor(h * n_key_value_heads / n_heads);
  const project = (part: "Q" | "K" | "V", own = shared) => {
    const [W, b] = [param(`${name}.W_${part}`, own), bias(`${name}.b_${part}`, own)];
    return x.map((row) => linear(row, W, b)); // [pos][d_head]
  };
  const q = query_key === "full"
    ? x.map((row) => linear(row, param(`${name}.W_QK`, h))) // [pos][d_model]
    : project("Q", h);
  const k = { pair: () => project("K"), same: () => q, full: () => [...x] }[query_key]();
  const v = project("V");
  const turn = (row: Vector, pos: number) =>
    positions === "rotary" ? rotary(row, pos, config) : row;
  const [rot_q, rot_k] = [q.map(turn), k.map(turn)]; // [pos][d_head]
  const slope = positions === "alibi" ? alibiSlope(h, n_heads) : 0;
  const score = (query: number, key: number) => {
    const product = dot(rot_q[query], rot_k[key]) / Math.sqrt(config.d_head);
    return config.causal && key > query ? -Infinity : product - slope * Math.abs(query - key);
  };
  const attn_scores = x.map((_, query) => Float64Array.from(x, (_, key) => score(query, key))); // [query][key]
  const pattern = attn_scores.map(softmax); // [query][key]
  const z = pattern.map((weights) => weightedSum(weights, v)); // [pos][d_head]
  const W_O = param(`${name}.W_O`, h);
  const result = z.map((row) => linear(row, W_O)); // [pos][d_model]
  return { q, k, v, rot_q, rot_k, attn_scores, pattern, z, result };
}

/** sum_j weights_j rows_j. */
function weightedSum(weights: Vector, rows: readonly Vector[]): Vector {
  const sum = new Float64Array(rows[0].length);
  for (let j = 0; j < rows.length; j++) {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[j] * rows[j][i];
  }
  return sum;
}

/**
 * LayerNorm: (x - mean) / sqrt(variance + eps) * w + b, at each position. RMSNorm:
 * x / sqrt(mean square + eps) * w. Nothing without normalization.
 */
function norm(context: ReferenceContext, name: string, x: readonly Vector[]): Vector[] {
  const { config, param, bias, keep } = context;
  if (config.normalization === "none") return [...x];
  const layerNorm = config.normalization === "LN";
  const [w, b] = [param(`${name}.w`), layerNorm ? bias(`${name}.b`) : undefined];
  const centred = x.map((row) => {
    const mean = layerNorm ? meanOf(row) : 0;
    return row.map((value) => value - mean);
  }); // [pos][d_model]
  const scale = centred.map((row) => Math.sqrt(dot(row, row) / row.length + config.eps)); // [pos]
  keep(`${name}.hook_scale`, scale.map((value) => Float64Array.of(value)));
  const normalized = centred.map((row, pos) =>
    row.map((value, i) => value / scale[pos] * w[i] + (b ? b[i] : 0))
  ); // [pos][d_model]
  keep(`${name}.hook_normalized`, normalized);
  return normalized;
}

const ACTIVATIONS = { relu: (x: number) => Math.max(0, x), gelu, gelu_new: geluNew, silu };

/**
 * f(x W_in + b_in) W_out + b_out, at each position alone; gated,
 * (f(x W_gate + b_gate) * (x W_in + b_in)) W_out + b_out.
 */
function mlp(context: ReferenceContext, name: string, x: readonly Vector[]): Vector[] {
  const { config, param, bias, keep } = context;
  const activate = ACTIVATIONS[config.act_fn];
  const map = (part: "gate" | "in" | "out", x: readonly Vector[]) => {
    const [W, b] = [param(`${name}.W_${part}`), bias(`${name}.b_${part}`)];
    return x.map((row) => linear(row, W, b));
  };
  const pre = map(config.gated_mlp ? "gate" : "in", x); // [pos][d_mlp]
  keep(`${name}.hook_pre`, pre);
  let post = pre.map((row) => row.map((value) => activate(value))); // [pos][d_mlp]
  if (config.gated_mlp) {
    const pre_linear = map("in", x); // [pos][d_mlp]
    keep(`${name}.hook_pre_linear`, pre_linear);
    post = post.map((row, pos) => row.map((value, i) => value * pre_linear[pos][i]));
  }
  keep(`${name}.hook_post`, post);
  return map("out", post); // [pos][d_model]
}

/** x W_U + b_U, or x W_E^T where the embedding serves both ends. */
function unembed({ config, param, keep }: ReferenceContext, x: readonly Vector[]): Vector[] {
  const { tied, d_model, d_vocab } = config;
  const b_U = hasUnembedBias(config) ? param("unembed.b_U") : undefined;
  const logits = x.map((row) => {
    if (!tied) return linear(row, param("unembed.W_U"), b_U);
    const W_E = param("embed.W_E");
    return new Float64Array(d_vocab).map((_, token) => dot(row, rowOf(W_E, token, d_model)));
  }); // [pos][d_vocab]
  keep("logits", logits);
  return logits;
}

function rowOf(matrix: Vector, index: number, width: number): Vector {
  return matrix.subarray(index * width, (index + 1) * width);
}
