import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "./context.ts";
import { alibiPenalty, rotate } from "./positions.ts";

/**
 * Every head scores each pair of positions, turns the scores into weights that sum to 1, and
 * reads a weighted mean of the values. The only place where information moves along `pos`.
 */
export function attention(context: BuildContext, layer: number, x: Value): Value {
  const { g, config, hook, param } = context;
  const name = `blocks.${layer}.attn`;
  const [queries, keys] = compared(context, name, x);
  const values = project(context, name, "v", "V", x); // [batch, pos, n_key_value_heads, d_head]
  const q = rotated(context, `${name}.hook_rot_q`, queries); // [batch, pos, n_heads, d_head]
  const rot_k = rotated(context, `${name}.hook_rot_k`, keys); // [batch, pos, n_key_value_heads, d_head]
  const k = forEachHead(context, context.withPast(layer, "k", rot_k)); // [batch, kv, n_heads, d_head]
  const v = forEachHead(context, context.withPast(layer, "v", values)); // [batch, kv, n_heads, d_head]

  const scores = hook(`${name}.hook_attn_scores`, masked(context, name, score(context, q, k)));
  const pattern = hook(`${name}.hook_pattern`, g.softmax(scores)); // [batch, n_heads, pos, kv]
  const read = g.matmul(pattern, g.transpose(v, 0, 2, 1, 3)); // [batch, n_heads, pos, d_head]
  const z = hook(`${name}.hook_z`, g.transpose(read, 0, 2, 1, 3)); // [batch, pos, n_heads, d_head]

  const written = g.matmul(g.transpose(z, 0, 2, 1, 3), param(`${name}.W_O`)); // [batch, n_heads, pos, d_model]
  const result = hook(`${name}.hook_result`, g.transpose(written, 0, 2, 1, 3)); // [batch, pos, n_heads, d_model]
  const sum = g.sum(result, [2]); // [batch, pos, d_model]
  return config.biases ? g.add(sum, param(`${name}.b_O`)) : sum;
}

/**
 * What asks and what is asked about, of which the scores are the products: queries and keys, which
 * may be the same; or x W_QK of each head and x itself, one for all heads, [batch, pos, 1, d_model].
 */
function compared(context: BuildContext, name: string, x: Value): [Value, Value] {
  if (context.config.query_key === "full") {
    const asked = project(context, name, "q", "QK", x); // [batch, pos, n_heads, d_model]
    return [asked, context.g.unsqueeze(x, 2)];
  }
  const q = project(context, name, "q", "Q", x); // [batch, pos, n_heads, d_head]
  const k = context.config.query_key === "same" ? q : project(context, name, "k", "K", x);
  return [q, k]; // [batch, pos, n_heads, d_head] and [batch, pos, n_key_value_heads, d_head]
}

/** What each head makes of x with a matrix of its own: one product for all heads. */
function project(
  { g, config, hook, param }: BuildContext,
  name: string,
  part: "q" | "k" | "v",
  matrix: "Q" | "K" | "V" | "QK",
  x: Value,
) {
  const { d_model, n_heads, n_key_value_heads, d_head } = config;
  const width = matrix === "QK" ? d_model : d_head;
  const heads = matrix === "K" || matrix === "V" ? n_key_value_heads : n_heads;
  const matrices = g.transpose(param(`${name}.W_${matrix}`), 1, 0, 2); // [d_model, heads, width]
  const all = g.matmul(x, g.reshape(matrices, d_model, heads * width));
  const split = g.reshape(all, 0, 0, heads, width); // [batch, pos, heads, width]
  const biased = config.biases && matrix !== "QK";
  return hook(`${name}.hook_${part}`, biased ? g.add(split, param(`${name}.b_${matrix}`)) : split);
}

/** Rotary positions turn queries and keys; every other scheme leaves them. */
function rotated(context: BuildContext, name: string, x: Value): Value {
  return context.config.positions === "rotary" ? context.hook(name, rotate(context, x)) : x;
}

/** Keys or values once for each of the heads that share them; what all heads share stays one. */
function forEachHead({ g, config: { n_heads } }: BuildContext, x: Value): Value {
  const [heads, width] = x.shape.slice(2) as number[];
  if (heads === n_heads || heads === 1) return x;
  const copies = Array<Value>(n_heads / heads).fill(g.unsqueeze(x, 3));
  return g.reshape(g.concat(copies, 3), 0, 0, n_heads, width); // [batch, kv, n_heads, width]
}

/** Scaled dot products (Vaswani et al., 2017), and ALiBi's penalty: [batch, n_heads, pos, kv]. */
function score(context: BuildContext, q: Value, k: Value): Value {
  const { g, config } = context;
  const products = g.matmul(g.transpose(q, 0, 2, 1, 3), g.transpose(k, 0, 2, 3, 1));
  const scaled = g.mul(products, 1 / Math.sqrt(config.d_head));
  return config.positions === "alibi" ? g.sub(scaled, alibiPenalty(context)) : scaled;
}

/** What the mask forbids scores minus infinity, which softmax turns into a weight of exactly zero. */
function masked(
  { g, config, hook, queryPos, keyPos }: BuildContext,
  name: string,
  scores: Value,
): Value {
  if (!config.causal) return scores;
  const past = g.lessOrEqual(keyPos, g.unsqueeze(queryPos, 1)); // [pos, kv]
  return g.where(hook(`${name}.mask`, past), scores, -Infinity);
}
