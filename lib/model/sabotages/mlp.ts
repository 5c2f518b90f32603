import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "../graph/context.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { changeWeights } from "../params.ts";
import { tokenShift } from "./token_shift.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** An MLP that takes a little of what the position to its left wrote. */
export function leakyMlp(strength: number): Sabotage {
  return tokenShift("hook_mlp_out", "an MLP", strength);
}

/** An MLP that knows where it stands: its hidden units get a bias that grows along the text. */
export function positionedMlp(strength: number): Sabotage {
  return sabotage({
    name: "an MLP with a bias for each position",
    description: `Every hidden unit gets ${strength} times the position added.`,
    unfit: needs.mlp,
    rewrite: rewriteAt("mlp.hook_pre", (pre, { g, queryPos }) => {
      const place = g.unsqueeze(g.cast(queryPos, "float32"), 1); // [pos, 1]
      return g.add(pre, g.mul(place, strength)); // [batch, pos, d_mlp]
    }),
  });
}

/**
 * An MLP applied along the positions instead of along the stream, as in MLP-Mixer (Tolstikhin et
 * al., 2021, arXiv:2105.01601): every coordinate of the stream gets its own text-wide hidden layer.
 */
export const mixerMlp: Sabotage = sabotage({
  name: "an MLP across positions",
  description: "Each MLP reads along the positions, one coordinate of the stream at a time.",
  unfit: needs.mlp,
  rewrite: rewriteAt("hook_mlp_out", (out, context, name) => {
    const { g } = context;
    const stream = g.find(name.replace("hook_mlp_out", "hook_resid_mid"))!;
    const mix = waves(context); // [pos, pos]
    const hidden = g.unary("Relu", g.matmul(mix, stream)); // [batch, pos, d_model]
    const mixed = g.matmul(g.transpose(mix, 1, 0), hidden); // [batch, pos, d_model]
    return g.add(mixed, g.mul(out, 0)); // the model's own MLP has no say
  }),
});

/** A fixed matrix without zeros, for texts of any length: cos((i + 1)(j + 1)), [pos, pos]. */
function waves({ g, queryPos }: BuildContext): Value {
  const place = g.add(g.cast(queryPos, "float32"), 1); // [pos]
  return g.unary("Cos", g.mul(g.unsqueeze(place, 1), place));
}

/**
 * Two experts, the MLP and its negative, that each serve only the first few tokens sent to them, as in Switch Transformers
 * (Fedus et al., 2021, arXiv:2101.03961, section 2.2): a token may lose its place to earlier ones.
 *
 * @param capacity How many tokens each expert serves.
 */
export function limitedExperts(capacity: number): Sabotage {
  return sabotage({
    name: "experts with limited capacity",
    description: `The stream's first coordinate picks one of two experts, the MLP or its ` +
      `negative, which serve ${capacity} tokens each; later ones get nothing.`,
    unfit: needs.mlp,
    rewrite: rewriteAt("hook_mlp_out", (out, context, name) => {
      const { g, queryPos, keyPos } = context;
      const stream = g.find(name.replace("hook_mlp_out", "hook_resid_mid"))!;
      const first = g.slice(stream, -1, 0, 1); // [batch, pos, 1]
      const chosen = g.cast(g.lessOrEqual(first, g.constant(0)), "float32"); // [batch, pos, 1]
      const soFar = g.cast(g.lessOrEqual(keyPos, g.unsqueeze(queryPos, 1)), "float32"); // [pos, kv]
      const place = (sent: Value) => g.mul(g.matmul(soFar, sent), sent); // [batch, pos, 1]
      const queue = g.add(place(chosen), place(g.sub(1, chosen))); // [batch, pos, 1]
      const expert = g.mul(out, g.sub(g.mul(chosen, 2), 1)); // [batch, pos, d_model]
      return g.where(g.lessOrEqual(queue, g.constant(capacity)), expert, 0);
    }),
  });
}

/**
 * A transformer whose MLPs are there but write zeros.
 *
 * @param left The layer whose MLP is left in; none unless told.
 */
export function zeroedMlps(left?: number): Sabotage {
  const but = left === undefined ? "" : ` but that of layer ${left}`;
  return sabotage({
    name: `MLPs that write zeros${but}`,
    description: `The output of every MLP${but} is replaced by zero.`,
    unfit: (config) => needs.mlp(config),
    rewrite: rewriteAt(
      "hook_mlp_out",
      (out, { g }, name) =>
        name === `blocks.${left}.hook_mlp_out` ? out : g.expandLike(g.constant(0), out),
    ),
  });
}

/** The same embedding, attention and unembedding as a transformer that never had MLPs. */
export const withoutMlps: Sabotage = sabotage({
  name: "its MLPs taken out",
  description: "Every MLP and the norm before it are taken out of the model, weights and all.",
  unfit: needs.mlp,
  change: ({ config, weights }) => ({
    config: { ...config, attn_only: true },
    weights: changeWeights(weights, /^blocks\.\d+\.(mlp|ln2)\./, () => undefined),
  }),
});

/** A nonlinear layer behind the first block that no parameter and no hook tells of. */
export const hiddenMlp: Sabotage = sabotage({
  name: "an MLP hidden in the graph",
  description: "A fixed hidden layer with ReLU is added to the stream behind the first block.",
  unfit: needs.attention,
  rewrite: rewriteAt(
    "blocks.0.hook_resid_post",
    (stream, { g }) => g.add(stream, g.unary("Relu", stream)),
  ),
});

/** The same by a product of the stream with itself, which has no operation of its own. */
export const hiddenBilinearMlp: Sabotage = sabotage({
  name: "a bilinear MLP hidden in the graph",
  description:
    "The stream behind the first block gets its own squares added, as a gated MLP would.",
  unfit: needs.attention,
  rewrite: rewriteAt(
    "blocks.0.hook_resid_post",
    (stream, { g }) => g.add(stream, g.mul(stream, stream)),
  ),
});
