import type { Value } from "../../onnx/graph.ts";
import { attention } from "./attention.ts";
import { hasUnembedBias } from "../params.ts";
import type { BuildContext } from "./context.ts";
import { mlp } from "./mlp.ts";
import { norm } from "./norm.ts";
import { addedPositions } from "./positions.ts";

/** A decoder-only transformer, top to bottom: tokens [batch, pos] to logits [batch, pos, d_vocab]. */
export function transformer(context: BuildContext, tokens: Value): Value {
  let resid = embed(context, tokens); // [batch, pos, d_model]
  for (let layer = 0; layer < context.config.n_layers; layer++) {
    resid = block(context, layer, resid);
  }
  return unembed(context, resid); // [batch, pos, d_vocab]
}

/** Tokens to the stream's first state: a row of W_E for each, plus where it stands. */
export function embed(context: BuildContext, tokens: Value): Value {
  const { g, hook, param } = context;
  const embedded = hook("hook_embed", g.gather(param("embed.W_E"), tokens)); // [batch, pos, d_model]
  const positions = addedPositions(context); // [pos, d_model]
  if (!positions) return embedded;
  return g.add(embedded, hook("hook_pos_embed", g.expandLike(positions, embedded)));
}

/** Each sub-layer reads the stream and adds what it found. */
export function block(context: BuildContext, layer: number, stream: Value): Value {
  const { g, config, hook } = context;
  const name = `blocks.${layer}`;
  const pre = hook(`${name}.hook_resid_pre`, stream);
  const attn = attention(context, layer, norm(context, `${name}.ln1`, pre));
  const mid = g.add(pre, hook(`${name}.hook_attn_out`, attn)); // [batch, pos, d_model]
  if (config.attn_only) return hook(`${name}.hook_resid_post`, mid);

  const resid = hook(`${name}.hook_resid_mid`, mid);
  const out = mlp(context, `${name}.mlp`, norm(context, `${name}.ln2`, resid));
  return hook(`${name}.hook_resid_post`, g.add(resid, hook(`${name}.hook_mlp_out`, out)));
}

/** The stream to a score for each word of the vocabulary, at every position alike. */
export function unembed(context: BuildContext, stream: Value): Value {
  return context.hook("logits", scores(context, norm(context, "ln_final", stream)));
}

function scores({ g, config, param }: BuildContext, x: Value): Value {
  if (config.tied) return g.matmulTransposed(x, param("embed.W_E"));
  const logits = g.matmul(x, param("unembed.W_U")); // [batch, pos, d_vocab]
  return hasUnembedBias(config) ? g.add(logits, param("unembed.b_U")) : logits;
}
