import { Tensor } from "../../tensor/tensor.ts";
import type { Value } from "../../onnx/graph.ts";
import { rotate } from "./rotary.ts";
import { alibiSlopes } from "./alibi.ts";
import type { Scene } from "./scene.ts";

/**
 * Every head scores each pair of positions, turns the scores into weights that sum to 1, and
 * reads a weighted mean of the values. The only place where information moves along `pos`.
 */
export function attention(scene: Scene, layer: number, x: Value): Value {
  const { g, config, hook, param } = scene;
  const name = `blocks.${layer}.attn`;
  const asks = project(scene, name, "q", x); // [batch, pos, n_heads, d_head]
  const offers = project(scene, name, "k", x); // [batch, pos, n_heads, d_head]
  const gives = project(scene, name, "v", x); // [batch, pos, n_heads, d_head]
  const q = position(scene, `${name}.hook_rot_q`, asks); // [batch, pos, n_heads, d_head]
  const k = scene.remember(layer, "k", position(scene, `${name}.hook_rot_k`, offers)); // [batch, kv, n_heads, d_head]
  const v = scene.remember(layer, "v", gives); // [batch, kv, n_heads, d_head]

  const scores = hook(`${name}.hook_attn_scores`, masked(scene, name, score(scene, q, k)));
  const pattern = hook(`${name}.hook_pattern`, g.softmax(scores)); // [batch, n_heads, pos, kv]
  const read = g.matmul(pattern, g.transpose(v, 0, 2, 1, 3)); // [batch, n_heads, pos, d_head]
  const z = hook(`${name}.hook_z`, g.transpose(read, 0, 2, 1, 3)); // [batch, pos, n_heads, d_head]

  const written = g.matmul(g.transpose(z, 0, 2, 1, 3), param(`${name}.W_O`)); // [batch, n_heads, pos, d_model]
  const result = hook(`${name}.hook_result`, g.transpose(written, 0, 2, 1, 3)); // [batch, pos, n_heads, d_model]
  const sum = g.sum(result, [2]); // [batch, pos, d_model]
  return config.biases ? g.add(sum, param(`${name}.b_O`)) : sum;
}

/** Each head's queries, keys or values: one matrix product for all heads. */
function project({ g, config, hook, param }: Scene, name: string, part: "q" | "k" | "v", x: Value) {
  const { d_model, n_heads, d_head } = config;
  const letter = part.toUpperCase();
  const heads = g.transpose(param(`${name}.W_${letter}`), 1, 0, 2); // [d_model, n_heads, d_head]
  const all = g.matmul(x, g.reshape(heads, d_model, n_heads * d_head));
  const split = g.reshape(all, 0, 0, n_heads, d_head); // [batch, pos, n_heads, d_head]
  const biased = config.biases ? g.add(split, param(`${name}.b_${letter}`)) : split;
  return hook(`${name}.hook_${part}`, biased);
}

/** Rotary positions turn queries and keys; every other scheme leaves them. */
function position(scene: Scene, name: string, x: Value): Value {
  return scene.config.positions === "rotary" ? scene.hook(name, rotate(scene, x)) : x;
}

/** Scaled dot products (Vaswani et al., 2017), and ALiBi's penalty: [batch, n_heads, pos, kv]. */
function score(scene: Scene, q: Value, k: Value): Value {
  const { g, config } = scene;
  const products = g.matmul(g.transpose(q, 0, 2, 1, 3), g.transpose(k, 0, 2, 3, 1));
  const scaled = g.mul(products, 1 / Math.sqrt(config.d_head));
  return config.positions === "alibi" ? g.sub(scaled, penalty(scene)) : scaled;
}

/** ALiBi: distance times each head's slope, [n_heads, pos, kv]. */
function penalty({ g, config, queries, keys }: Scene): Value {
  const from = g.unsqueeze(g.cast(queries, "float32"), 1); // [pos, 1]
  const distance = g.unary("Abs", g.sub(from, g.cast(keys, "float32"))); // [pos, kv]
  const slopes = Tensor.from(alibiSlopes(config.n_heads)).reshape(config.n_heads, 1, 1);
  return g.mul(distance, g.constant(slopes));
}

/** Forbidden places score minus infinity, which softmax turns into a weight of exactly zero. */
function masked({ g, config, hook, queries, keys }: Scene, name: string, scores: Value): Value {
  if (!config.causal) return scores;
  const past = g.lessOrEqual(keys, g.unsqueeze(queries, 1)); // [pos, kv]
  return g.where(hook(`${name}.mask`, past), scores, -Infinity);
}
