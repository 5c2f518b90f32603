import type { Value } from "../../onnx/graph.ts";
import type { Config } from "../config.ts";
import { STREAM } from "../graph/build.ts";
import type { BuildContext } from "../graph/context.ts";
import { type Rewrite, rewriteAt } from "../graph/rewrite.ts";
import { allOf, like, needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Statistics of the norm shared by the whole text: each position is scaled by all positions. */
export const normOverPositions: Sabotage = sabotage({
  name: "normalization taken over the whole text",
  description: "Each vector is divided by the mean of all positions' scales.",
  unfit: needs.norm,
  rewrite: rewriteAt("hook_scale", (scale, { g }) => g.expandLike(g.mean(scale, [1], true), scale)),
});

/**
 * A larger eps than the config says.
 *
 * @param strength What is added to the variance besides.
 */
export function largerEps(strength: number): Sabotage {
  return sabotage({
    name: "normalization with a larger eps",
    description: `Besides eps, ${strength} is added to the variance.`,
    unfit: needs.norm,
    rewrite: rewriteAt(
      "hook_scale",
      (scale, { g }) => root(g, g.add(g.mul(scale, scale), strength)),
    ),
  });
}

/** No eps at all: in a vector of equal numbers, zero is divided by zero. */
export const withoutEps: Sabotage = sabotage({
  name: "normalization without eps",
  description: "Nothing is added to the variance before its root is taken.",
  unfit: needs.norm,
  rewrite: rewriteAt("hook_scale", (scale, { g, config }) => {
    return root(g, g.sub(g.mul(scale, scale), config.eps)); // [batch, pos, 1]
  }),
});

/** The variance of a sample: the sum of squares is divided by one less than there are numbers. */
export const sampleVariance: Sabotage = sabotage({
  name: "the variance of a sample",
  description: "The squares are divided by d_model - 1, as many libraries do unless told.",
  unfit: (config) =>
    needs.norm(config) ?? (config.d_model > 1 ? undefined : "it has one coordinate"),
  rewrite: rewriteAt("hook_scale", (scale, { g, config: { d_model, eps } }) => {
    const variance = g.sub(g.mul(scale, scale), eps); // [batch, pos, 1]
    return root(g, g.add(g.mul(variance, d_model / (d_model - 1)), eps));
  }),
});

/** RMSNorm where LayerNorm should be. */
export const uncentredNorm: Sabotage = sabotage({
  name: "LayerNorm without its mean",
  description: "The mean is not taken off: vectors are divided by their root mean square.",
  unfit: (config) => unread(config) ?? like({ normalization: ["LN"] })(config),
  rewrite: normalized((x, { g, config }) => {
    return g.div(x, root(g, g.add(g.mean(g.mul(x, x), [-1], true), config.eps)));
  }),
});

/** LayerNorm where RMSNorm should be. */
export const centredNorm: Sabotage = sabotage({
  name: "RMSNorm that takes off the mean",
  description: "Vectors are centred before they are divided by their root mean square.",
  unfit: (config) => unread(config) ?? like({ normalization: ["RMS"] })(config),
  rewrite: normalized((x, { g, config }) => {
    const centred = g.sub(x, g.mean(x, [-1], true)); // [batch, pos, d_model]
    return g.div(centred, root(g, g.add(g.mean(g.mul(centred, centred), [-1], true), config.eps)));
  }),
});

/** A norm whose weight was not loaded. */
export const normWithoutWeight: Sabotage = sabotage({
  name: "normalization without its weight",
  description: "What was centred and scaled is not multiplied by the norm's weight.",
  unfit: unread,
  rewrite: rewriteAt("hook_normalized", (_, context, name) => {
    const { g, config } = context;
    const x = readBy(context, name);
    const centred = config.normalization === "LN" ? g.sub(x, g.mean(x, [-1], true)) : x;
    const scaled = g.div(centred, g.get(name.replace("normalized", "scale"))); // [batch, pos, d_model]
    return shifted(context, scaled, name);
  }),
});

/** A norm whose bias was not loaded. */
export const normWithoutBias: Sabotage = sabotage({
  name: "LayerNorm without its bias",
  description: "The bias of LayerNorm is not added.",
  unfit: allOf(needs.norm, like({ normalization: ["LN"], biases: [true] })),
  rewrite: rewriteAt("hook_normalized", (value, { g, param }, name) => {
    return g.sub(value, param(name.replace("hook_normalized", "b"))); // [batch, pos, d_model]
  }),
});

/** The first transformer's order (Vaswani et al., 2017): what a sub-layer writes is normalized. */
export const normAfterwards: Sabotage = sabotage({
  name: "normalization after the sub-layer",
  description: "A sub-layer reads the stream as it is, and what it writes is normalized.",
  unfit: unread,
  rewrite: (name, value, context) => {
    if (/\.ln\d\.hook_normalized$/.test(name)) return readBy(context, name);
    if (!/\.hook_(attn|mlp)_out$/.test(name)) return value;
    const { g, param } = context;
    const ln = name.replace("hook_attn_out", "ln1").replace("hook_mlp_out", "ln2");
    const scale = root(g, g.add(g.mean(g.mul(value, value), [-1], true), context.config.eps));
    return g.mul(g.div(value, scale), param(`${ln}.w`)); // [batch, pos, d_model]
  },
});

/** The last norm, before the unembedding, forgotten. */
export const withoutFinalNorm: Sabotage = sabotage({
  name: "no normalization before the unembedding",
  description: "The unembedding reads the stream as it is.",
  unfit: unread,
  rewrite: rewriteAt("ln_final.hook_normalized", (_, context, name) => readBy(context, name)),
});

/** Why it has no norms, or none whose input could be told. */
function unread(config: Config): string | undefined {
  return needs.norm(config) ?? needs.attention(config);
}

/** The stream that a norm reads, which may come in from another part: [batch, pos, d_model]. */
function readBy({ g, config: { n_layers } }: BuildContext, name: string): Value {
  const stream = name.replace("ln1.hook_normalized", "hook_resid_pre")
    .replace("ln2.hook_normalized", "hook_resid_mid")
    .replace("ln_final.hook_normalized", `blocks.${n_layers - 1}.hook_resid_post`);
  return g.find(stream) ?? g.get(STREAM.in);
}

/** All norms made of the stream anew, before they are weighted. */
function normalized(of: (x: Value, context: BuildContext) => Value): Rewrite {
  return rewriteAt("hook_normalized", (_, context, name) => {
    const weight = context.param(name.replace("hook_normalized", "w")); // [d_model]
    const weighted = context.g.mul(of(readBy(context, name), context), weight);
    return shifted(context, weighted, name); // [batch, pos, d_model]
  });
}

/** With the norm's bias, where it has one. */
function shifted({ g, config, param }: BuildContext, x: Value, name: string): Value {
  const biased = config.normalization === "LN" && config.biases;
  return biased ? g.add(x, param(name.replace("hook_normalized", "b"))) : x;
}

function root(g: BuildContext["g"], x: Value): Value {
  return g.unary("Sqrt", x);
}
