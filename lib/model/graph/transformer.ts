import type { Value } from "../../onnx/graph.ts";
import { attention } from "./attention.ts";
import { embed } from "./embed.ts";
import { mlp } from "./mlp.ts";
import { norm } from "./norm.ts";
import type { Scene } from "./scene.ts";

/** A decoder-only transformer, top to bottom: tokens [batch, pos] to logits [batch, pos, d_vocab]. */
export function transformer(scene: Scene, tokens: Value): Value {
  let resid = embed(scene, tokens); // [batch, pos, d_model]
  for (let layer = 0; layer < scene.config.n_layers; layer++) resid = block(scene, layer, resid);
  return scene.hook("logits", unembed(scene, norm(scene, "ln_final", resid)));
}

/** Each sub-layer reads the stream and adds what it found. */
function block(scene: Scene, layer: number, stream: Value): Value {
  const { g, config, hook } = scene;
  const name = `blocks.${layer}`;
  const pre = hook(`${name}.hook_resid_pre`, stream);
  const attn = attention(scene, layer, norm(scene, `${name}.ln1`, pre));
  const mid = g.add(pre, hook(`${name}.hook_attn_out`, attn)); // [batch, pos, d_model]
  if (config.attn_only) return hook(`${name}.hook_resid_post`, mid);

  const resid = hook(`${name}.hook_resid_mid`, mid);
  const out = mlp(scene, `${name}.mlp`, norm(scene, `${name}.ln2`, resid));
  return hook(`${name}.hook_resid_post`, g.add(resid, hook(`${name}.hook_mlp_out`, out)));
}

/** The stream to a score for each word of the vocabulary, at every position alike. */
function unembed({ g, config, param }: Scene, x: Value): Value {
  if (config.tied) return g.matmul(x, g.transpose(param("embed.W_E"), 1, 0));
  const logits = g.matmul(x, param("unembed.W_U")); // [batch, pos, d_vocab]
  return config.biases ? g.add(logits, param("unembed.b_U")) : logits;
}
