/**
 * The catalogue of sabotages: ways to break a transformer on purpose, each aimed at one thing that
 * the answers claim.
 */
import type { Value } from "../onnx/graph.ts";
import type { Config } from "./config.ts";
import { hooksOf } from "./hooks.ts";
import { initialWeights } from "./init.ts";
import { needs } from "./needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt, type Scene } from "./scene.ts";

/** Whether a hook, named without its block, has one vector for each position. */
const hasVectors = (config: Config, hook: string) =>
  hooksOf(config).some(({ name, axes }) =>
    (name === hook || name.endsWith(`.${hook}`)) && axes.length === 3 && axes[1] === "pos"
  );

/** Every position attends to every other, as in BERT. */
export const noCausalMask: Sabotage = sabotage({
  name: "no causal mask",
  description: "Every position may attend to every other one.",
  unfit: needs.mask,
  change: ({ config }) => ({ config: { ...config, causal: false } }),
});

/** A mask wrong by one: position i also sees i + 1, the very token that it is to predict. */
export const maskOffByOne: Sabotage = sabotage({
  name: "a mask that also admits the next token",
  description: "Position i may attend to everything up to position i + 1.",
  unfit: needs.mask,
  rewrite: () =>
    rewriteAt("mask", (_, { g, queries, keys }) => {
      const next = g.add(g.unsqueeze(queries, 1), g.integers(1)); // [pos, 1]
      return g.lessOrEqual(keys, next); // [pos, kv]
    }),
});

/** A mask that is sound at first: from the middle of the text on, every position sees all of it. */
export const maskOpensHalfway: Sabotage = sabotage({
  name: "a mask that opens halfway",
  description: "From the middle of the text on, every position may attend to every other one.",
  unfit: needs.mask,
  rewrite: () =>
    rewriteAt("mask", (mask, { g, queries, keys }) => {
      const twice = g.add(queries, queries); // [pos]
      const open = g.unsqueeze(g.lessOrEqual(g.lengthOf(keys, 0), twice), 1); // [pos, 1]
      return g.op("Or", [mask, open], mask.shape); // [pos, kv]
    }),
});

/** Attention that cannot look anywhere else: each position reads its own value. */
export const selfOnlyHeads: Sabotage = sabotage({
  name: "heads that look only at themselves",
  description: "Every head gives all of its weight to the position that asks.",
  unfit: needs.attention,
  rewrite: () =>
    rewriteAt("hook_attn_scores", (scores, { g, queries, keys }) => {
      const self = g.equal(keys, g.unsqueeze(queries, 1)); // [pos, kv]
      return g.where(self, scores, -Infinity);
    }),
});

/**
 * Something local that takes a little of what stands to its left.
 *
 * @param hook Where it leaks: a hook with a vector for each position, named without its block.
 * @param part What leaks, in words: "an MLP".
 * @param strength How much of the left neighbour is added, as a factor.
 */
export function leak(hook: string, part: string, strength: number): Sabotage {
  return sabotage({
    name: `${part} that mixes in its left neighbour`,
    description: `Each position gets ${strength} times its left neighbour added.`,
    strength,
    unfit: (config) => hasVectors(config, hook) ? undefined : `it has no vectors at ${hook}`,
    rewrite: () =>
      rewriteAt(hook, (value, { g, queries, keys }) => {
        const left = g.sub(g.unsqueeze(queries, 1), g.integers(1)); // [pos, 1]
        const shift = g.cast(g.equal(keys, left), "float32"); // [pos, kv]
        return g.add(value, g.mul(g.matmul(shift, value), strength)); // [batch, pos, ...]
      }),
  });
}

/** An MLP that takes a little of what the position to its left wrote. */
export function leakyMlp(strength: number): Sabotage {
  return leak("hook_mlp_out", "an MLP", strength);
}

/** An MLP that knows where it stands: its hidden units get a bias that grows along the text. */
export function positionedMlp(strength: number): Sabotage {
  return sabotage({
    name: "an MLP with a bias for each position",
    description: `Every hidden unit gets ${strength} times the position added.`,
    strength,
    unfit: needs.mlp,
    rewrite: () =>
      rewriteAt("mlp.hook_pre", (pre, { g, queries }) => {
        const place = g.unsqueeze(g.cast(queries, "float32"), 1); // [pos, 1]
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
  rewrite: () =>
    rewriteAt("hook_mlp_out", (out, scene, name) => {
      const { g } = scene;
      const stream = g.find(name.replace("hook_mlp_out", "hook_resid_mid"))!;
      const mix = waves(scene); // [pos, pos]
      const hidden = g.unary("Relu", g.matmul(mix, stream)); // [batch, pos, d_model]
      const mixed = g.matmul(g.transpose(mix, 1, 0), hidden); // [batch, pos, d_model]
      return g.add(mixed, g.mul(out, 0)); // the model's own MLP has no say
    }),
});

/** A fixed matrix without zeros, for texts of any length: cos((i + 1)(j + 1)), [pos, pos]. */
function waves({ g, queries }: Scene): Value {
  const place = g.add(g.cast(queries, "float32"), 1); // [pos]
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
    rewrite: () =>
      rewriteAt("hook_mlp_out", (out, scene, name) => {
        const { g, queries, keys } = scene;
        const stream = g.find(name.replace("hook_mlp_out", "hook_resid_mid"))!;
        const first = g.slice(stream, -1, 0, 1); // [batch, pos, 1]
        const chosen = g.cast(g.lessOrEqual(first, g.constant(0)), "float32"); // [batch, pos, 1]
        const soFar = g.cast(g.lessOrEqual(keys, g.unsqueeze(queries, 1)), "float32"); // [pos, kv]
        const place = (sent: Value) => g.mul(g.matmul(soFar, sent), sent); // [batch, pos, 1]
        const queue = g.add(place(chosen), place(g.sub(1, chosen))); // [batch, pos, 1]
        const expert = g.mul(out, g.sub(g.mul(chosen, 2), 1)); // [batch, pos, d_model]
        return g.where(g.lessOrEqual(queue, g.constant(capacity)), expert, 0);
      }),
  });
}

/** Logits averaged over the text: the same prediction at every position, in the right shape. */
export const oneAnswerForTheWindow: Sabotage = sabotage({
  name: "one prediction for the whole window",
  description: "The logits are averaged over the positions, and every position gets the average.",
  rewrite: () =>
    rewriteAt("logits", (logits, { g }) => g.expandLike(g.mean(logits, [1], true), logits)),
});

/** Logits averaged over the vocabulary: one number for each place, [batch, pos, 1]. */
export const oneLogitForEachPlace: Sabotage = sabotage({
  name: "one logit for each place in the window",
  description: "The logits are averaged over the vocabulary.",
  rewrite: () => rewriteAt("logits", (logits, { g }) => g.mean(logits, [2], true)),
});

/** The same model before it was trained: GPT-2's initial weights. */
export function untrained(seed: number = 1): Sabotage {
  return sabotage({
    name: "untrained weights",
    description: `The weights are drawn afresh as before training, with seed ${seed}.`,
    change: ({ config }) => ({ weights: initialWeights(config, seed) }),
  });
}

/** LayerNorm statistics shared by the whole text: each position is scaled by all positions. */
export const normOverPositions: Sabotage = sabotage({
  name: "LayerNorm taken over the whole text",
  description: "Each vector is divided by the mean of all positions' scales.",
  unfit: needs.norm,
  rewrite: () =>
    rewriteAt("hook_scale", (scale, { g }) => g.expandLike(g.mean(scale, [1], true), scale)),
});
