import type { Value } from "../../onnx/graph.ts";
import { hookRead } from "../graph/hook_read.ts";
import type { Model } from "../model.ts";
import { type Rewrite, rewriteAt, type Scene } from "../graph/scene.ts";

/** How {@linkcode oneMatrix} collapses a head. */
export interface CollapseOptions {
  /** Whether the biases of queries and keys come along, on one more coordinate; true unless told. */
  readonly biases?: boolean;
}

/**
 * A change to the graph that leaves out queries and keys: in their place each head gets the one
 * matrix W_QK = W_Q W_K^T (Elhage et al., 2021), between the vectors that it reads. Biases are
 * carried by one more coordinate, always 1, so that W_QK is [d_model + 1, d_model + 1]. The scores
 * are then the same, but for rounding, unless something stood between queries and keys: with rotary
 * positions it is another model.
 */
export function oneMatrix({ biases = true }: CollapseOptions = {}): Rewrite {
  const carries = (scene: Scene) => biases && scene.config.biases;
  const asks = rewriteAt("attn.hook_q", (_, scene, name) => {
    const { g } = scene;
    const [Q, K] = ["Q", "K"].map((side) => mapOf(scene, name, side, carries(scene)));
    const W_QK = g.matmul(Q, g.transpose(K, 0, 2, 1)); // [n_heads, d_model + 1, d_model + 1]
    const x = g.unsqueeze(readBy(scene, name, carries(scene)), 1); // [batch, 1, pos, d_model + 1]
    return g.transpose(g.matmul(x, W_QK), 0, 2, 1, 3); // [batch, pos, n_heads, d_model + 1]
  });
  const offers = rewriteAt("attn.hook_k", (_, scene, name) => {
    const { g } = scene;
    const x = g.unsqueeze(readBy(scene, name, carries(scene)), 2); // [batch, pos, 1, d_model + 1]
    return g.expandLike(x, g.find(name.replace("hook_k", "hook_q"))!); // the same for all heads
  });
  // One matrix knows no distance: nothing is turned.
  const unturned = ["q", "k"].map((side) =>
    rewriteAt(
      `attn.hook_rot_${side}`,
      (_, { g }, name) => g.find(name.replace("hook_rot_", "hook_"))!,
    )
  );
  return (name, value, scene) =>
    [asks, offers, ...unturned].reduce((now, rewrite) => rewrite(name, now, scene), value);
}

/** A model whose heads have one matrix W_QK each instead of queries and keys. */
export function collapsed(model: Model, options?: CollapseOptions): Model {
  const rewrites = [...model.rewrites, oneMatrix(options)];
  return { ...model, name: `${model.name}, collapsed`, rewrites };
}

/** W_Q or W_K of every head, its bias as one more row: [n_heads, d_model + 1, d_head]. */
function mapOf({ g, param }: Scene, hook: string, side: string, biases: boolean): Value {
  const attn = hook.replace(/\.hook_\w+$/, "");
  const W = param(`${attn}.W_${side}`); // [n_heads, d_model, d_head]
  return biases ? g.concat([W, g.unsqueeze(param(`${attn}.b_${side}`), 1)], 1) : W;
}

/** What the heads of a layer read, and a 1: [batch, pos, d_model + 1]. */
function readBy({ g, config }: Scene, hook: string, biases: boolean): Value {
  const x = g.find(hookRead(config.normalization, hook.replace(/\.attn\..+$/, "")))!;
  if (!biases) return x;
  const one = g.add(g.mul(g.slice(x, -1, 0, 1), 0), 1); // [batch, pos, 1]
  return g.concat([x, one], -1);
}
