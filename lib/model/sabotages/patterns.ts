import type { Value } from "../../onnx/graph.ts";
import { Random } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Model } from "../model.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { type Rewrite, rewriteAt, type Scene } from "../graph/scene.ts";

/** All of a head's weight on the place that it scores highest; shared where several are. */
export const hardAttention: Sabotage = sabotage({
  name: "hard maximum attention",
  description: "Every head gives all of its weight to the place that it scores highest.",
  unfit: needs.attention,
  rewrite: () =>
    fromScores((_, scores, { g }) => {
      const chosen = g.cast(g.lessOrEqual(highest(scores, g), scores), "float32");
      return g.div(chosen, g.sum(chosen, [-1], true)); // [batch, n_heads, pos, kv]
    }),
});

/** Scores as they are in the place of weights: they may be negative, and sum to anything. */
export const withoutSoftmax: Sabotage = sabotage({
  name: "attention without softmax",
  description: "Scores serve as weights as they are, with zero where the mask forbids.",
  unfit: needs.attention,
  rewrite: () =>
    fromScores((_, scores, scene) => scene.g.where(forbidden(scores, scene.g), 0, scores)),
});

/** A budget just off: the weights of each position sum to a thousandth more than 1. */
export const largerBudget: Sabotage = sabotage({
  name: "weights that sum to a thousandth too much",
  description: "Every attention weight is multiplied by 1.001.",
  unfit: needs.attention,
  rewrite: () => rewriteAt("hook_pattern", (pattern, { g }) => g.mul(pattern, 1.001)),
});

/**
 * Softmax with an extra one in its denominator (Miller, 2023, "Attention Is Off By One"): as if
 * there were one more place, with a score of zero and nothing to read, so that a head need not
 * spend its weight.
 */
export const softmaxPlusOne: Sabotage = sabotage({
  name: "softmax with an extra one in its denominator",
  description: "Weights are exp(score) divided by one more than the sum of all exp(score).",
  unfit: needs.attention,
  rewrite: () =>
    fromScores((_, scores, { g }) => {
      const top = g.unary("Relu", highest(scores, g)); // keeps the exponentials finite
      const weights = g.unary("Exp", g.sub(scores, top)); // [batch, n_heads, pos, kv]
      const one = g.unary("Exp", g.unary("Neg", top)); // [batch, n_heads, pos, 1]
      return g.div(weights, g.add(g.sum(weights, [-1], true), one));
    }),
});

/** Heads that add up what they see where sound ones average it. */
export const summingHeads: Sabotage = sabotage({
  name: "heads that sum instead of averaging",
  description: "Every weight is multiplied by the number of places that the position may see.",
  unfit: needs.attention,
  rewrite: () =>
    fromScores((pattern, scores, { g }) => {
      const allowed = g.where(forbidden(scores, g), 0, 1); // [batch, n_heads, pos, kv]
      return g.mul(pattern, g.sum(allowed, [-1], true));
    }),
});

/** Heads that ask nothing: without W_Q and b_Q all scores are zero, but for a positional bias. */
export const blankQueries: Sabotage = sabotage({
  name: "heads that ask nothing",
  description: "Every query is zero, weights and bias.",
  unfit: needs.attention,
  change: ({ weights }) => ({ weights: withoutQueries(weights) }),
});

function withoutQueries(weights: Model["weights"]): Model["weights"] {
  const blank = ([name, x]: [string, Tensor]): [string, Tensor] =>
    /\.attn\.[Wb]_Q$/.test(name) ? [name, Tensor.full(x.shape)] : [name, x];
  return Object.fromEntries(Object.entries(weights).map(blank));
}

/**
 * Queries and keys as long as they were that look for nothing: in W_Q and W_K the same numbers
 * stand in other places.
 */
export const shuffledQK: Sabotage = sabotage({
  name: "shuffled W_Q and W_K",
  description: "The numbers within each W_Q and within each W_K are shuffled.",
  unfit: needs.attention,
  change: ({ weights }) => ({ weights: withShuffledQK(weights) }),
});

function withShuffledQK(weights: Model["weights"]): Model["weights"] {
  const shuffle = ([name, x]: [string, Tensor]): [string, Tensor] => {
    if (!/\.attn\.W_[QK]$/.test(name)) return [name, x];
    const numbers = new Random(`shuffled ${name}`).shuffle([...x.data]);
    return [name, new Tensor(Float32Array.from(numbers), x.shape)];
  };
  return Object.fromEntries(Object.entries(weights).map(shuffle));
}

/** Scores that are not divided by the root of d_head. */
export const unscaledScores: Sabotage = sabotage({
  name: "scores without 1/sqrt(d_head)",
  description: "Scores are the plain products of queries and keys.",
  unfit: (config) =>
    needs.attention(config) ??
      (config.d_head > 1 ? undefined : "its d_head is 1, and so is the root"),
  // Queries that are as much longer, since by the time there are scores ALiBi's bias is in them.
  rewrite: () => rewriteAt("hook_q", (q, { g, config }) => g.mul(q, Math.sqrt(config.d_head))),
});

/** How much of the identity is added to W_QK: enough not to be mistaken for rounding. */
const FULL = 0.1;

/** A W_QK of full rank: the product of W_Q and W_K plus a little of the identity. */
export const fullRankQK: Sabotage = sabotage({
  name: "a W_QK of full rank",
  description: `Each score gets ${FULL} times the product of what its two positions read added, ` +
    "scaled as the others are.",
  unfit: needs.attention,
  rewrite: () =>
    rewriteAt("hook_attn_scores", (scores, { g, config }, name) => {
      const block = name.replace(".attn.hook_attn_scores", "");
      const read = g.find(`${block}.ln1.hook_normalized`); // [batch, pos, d_model]
      const x = read ?? g.find(`${block}.hook_resid_pre`)!;
      const alike = g.matmul(x, g.transpose(x, 0, 2, 1)); // [batch, pos, pos]
      return g.add(scores, g.unsqueeze(g.mul(alike, FULL / Math.sqrt(config.d_head)), 1));
    }),
});

/** Values that go through a nonlinearity before they are averaged. */
export const bentValues: Sabotage = sabotage({
  name: "values that go through a ReLU",
  description: "What is negative in a value becomes zero.",
  unfit: needs.attention,
  rewrite: () => rewriteAt("hook_v", (v, { g }) => g.unary("Relu", v)),
});

/**
 * A pattern that is a parameter, as in the random Synthesizer (Tay et al., 2020, arXiv:2005.00743,
 * section 3.2): every head has a table of scores, n_ctx by n_ctx, in the place of queries and keys.
 * The table is drawn, not learned: what matters here is that no text can change it. Texts of more
 * than n_ctx tokens have no place in it, and the runtime refuses them.
 */
export const constantPattern: Sabotage = sabotage({
  name: "a constant pattern in the place of attention",
  description: "Scores come from a table of n_ctx by n_ctx parameters for each head.",
  unfit: needs.attention,
  rewrite: () =>
    rewriteAt("hook_attn_scores", (scores, scene, name) => {
      const { g } = scene;
      const block = name.replace("hook_attn_scores", "");
      const fixed = g.expandLike(tableOf(scene, `${block}W_pattern`), scores); // [batch, n_heads, pos, kv]
      const mask = g.find(`${block}mask`);
      return mask ? g.where(mask, fixed, -Infinity) : fixed;
    }),
});

/** The part of a table of scores that a text of this length uses: [n_heads, pos, kv]. */
function tableOf({ g, config, queries, keys }: Scene, name: string): Value {
  const { n_heads, n_ctx } = config;
  const drawn = new Random(name).normalTensor([n_heads, n_ctx, n_ctx]);
  const table = g.transpose(g.initializer(name, drawn), 1, 2, 0); // [n_ctx, n_ctx, n_heads]
  const rows = g.transpose(g.gather(table, queries), 1, 0, 2); // [n_ctx, pos, n_heads]
  return g.transpose(g.gather(rows, keys), 2, 1, 0); // [n_heads, pos, kv]
}

/** A rewrite of the pattern that also sees the scores it was made from, masked. */
function fromScores(change: (pattern: Value, scores: Value, scene: Scene) => Value): Rewrite {
  return rewriteAt("hook_pattern", (pattern, scene, name) => {
    const scores = scene.g.find(name.replace("hook_pattern", "hook_attn_scores"))!;
    return change(pattern, scores, scene);
  });
}

/** Where the mask forbids to look: bool, as the scores. */
function forbidden(scores: Value, g: Scene["g"]): Value {
  return g.lessOrEqual(scores, g.constant(-Infinity));
}

/** The highest score of each position: [..., 1]. */
function highest(scores: Value, g: Scene["g"]): Value {
  return g.op("ReduceMax", [scores], scores.shape.with(-1, 1), { axes: [-1], keepdims: 1 });
}
