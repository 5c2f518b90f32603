import { Random, Tensor } from "../../tensor/mod.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { attentionInput } from "../hooks.ts";
import { needs } from "../needs.ts";
import { changeWeights } from "../params.ts";
import { changedSide, randomBasis } from "../variants/change_of_basis.ts";
import { ownKeys } from "../variants/own_keys.ts";
import { pickHeads } from "./pick_heads.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Queries and keys in each other's place: the one matrix that they make, transposed. */
export const transposedQK: Sabotage = sabotage({
  name: "a transposed W_QK",
  description: "What made the queries makes the keys, and the other way round.",
  unfit: needs.pair,
  change: (model) => {
    const { config, weights } = ownKeys(model); // queries are not shared, nor will those keys be
    const other = (name: string) => name.replace(/[QK]$/, (side) => side === "Q" ? "K" : "Q");
    const swapped = changeWeights(weights, /\.attn\.[Wb]_[QK]$/, (_, name) => weights[other(name)]);
    return { config, weights: swapped };
  },
});

/** A change of basis on one side: the keys do not make up for it. */
export const queriesInAnotherBasis: Sabotage = sabotage({
  name: "queries in another basis than keys",
  description: "Every head's queries are multiplied by an invertible matrix, and its keys by none.",
  unfit: needs.pair,
  change: (model) => ({
    weights: { ...model.weights, ...changedSide(model, "Q", randomBasis) },
  }),
});

/**
 * One set of keys for all heads, as in multi-query attention (Shazeer, 2019, arXiv:1911.02150), the
 * extreme of grouped queries.
 */
export const sharedKeys: Sabotage = sabotage({
  name: "keys shared by all heads",
  description: "Every head compares its queries with the first head's keys.",
  unfit: (config) =>
    needs.pair(config) ??
      (config.n_key_value_heads > 1 ? undefined : "it has keys of one head a layer"),
  change: ({ weights }) => ({
    weights: changeWeights(weights, /\.attn\.[Wb]_K$/, (x) => {
      return x.map((_, i) => x.data[i % (x.size / x.shape[0])]);
    }),
  }),
});

/**
 * Queries and keys that have a direction and no length (Henry et al., 2020, arXiv:2010.04245): the
 * score is then the cosine between them, here times the square root of d_head.
 */
export const normalisedQK: Sabotage = sabotage({
  name: "normalised queries and keys",
  description: "Each query and each key is divided by its root mean square.",
  unfit: needs.pair,
  rewrite: rewriteAt(["attn.hook_q", "attn.hook_k"], (x, { g }) => {
    const squares = g.mean(g.mul(x, x), [3], true); // [batch, pos, n_heads, 1]
    return g.div(x, g.unary("Sqrt", g.add(squares, 1e-12))); // of nothing nothing
  }),
});

/** Heads that ask nothing: without W_Q and b_Q all scores are zero, but for a positional bias. */
export const zeroQueries: Sabotage = sabotage({
  name: "heads that ask nothing",
  description: "Every query is zero, weights and bias.",
  unfit: needs.pair,
  change: ({ weights }) => ({
    weights: changeWeights(weights, /\.attn\.[Wb]_Q$/, ({ shape }) => Tensor.full(shape)),
  }),
});

/**
 * Queries and keys as long as they were that look for nothing: in W_Q and W_K the same numbers
 * stand in other places.
 */
export const shuffledQK: Sabotage = sabotage({
  name: "shuffled W_Q and W_K",
  description: "The numbers within each W_Q and within each W_K are shuffled.",
  unfit: needs.pair,
  change: ({ weights }) => ({
    weights: changeWeights(weights, /\.attn\.W_[QK]$/, ({ data, shape }, name) => {
      const numbers = new Random(`shuffled ${name}`).shuffle([...data]);
      return new Tensor(Float32Array.from(numbers), shape);
    }),
  }),
});

/** Scores that are not divided by the root of d_head. */
export const unscaledScores: Sabotage = sabotage({
  name: "scores without 1/sqrt(d_head)",
  description: "Scores are the plain products of queries and keys.",
  unfit: (config) =>
    needs.attention(config) ??
      (config.d_head > 1 ? undefined : "its d_head is 1, and so is the root"),
  // Queries that are as much longer, since by the time there are scores ALiBi's bias is in them.
  rewrite: rewriteAt("hook_q", (q, { g, config }) => g.mul(q, Math.sqrt(config.d_head))),
});

/** How much of the identity is added to W_QK: enough not to be mistaken for rounding. */
const FULL = 0.1;

/** A W_QK of full rank: the product of W_Q and W_K plus a little of the identity. */
export const fullRankQK: Sabotage = sabotage({
  name: "a W_QK of full rank",
  description: `Each score gets ${FULL} times the product of what its two positions read added, ` +
    "scaled as the others are.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_attn_scores", (scores, { g, config }, name) => {
    const block = name.replace(".attn.hook_attn_scores", "");
    const x = g.get(attentionInput(config, block)); // [batch, pos, d_model]
    const alike = g.matmul(x, g.transpose(x, 0, 2, 1)); // [batch, pos, pos]
    return g.add(scores, g.unsqueeze(g.mul(alike, FULL / Math.sqrt(config.d_head)), 1));
  }),
});

/** Scores that are divided by d_head itself. */
export const scaledByWidth: Sabotage = sabotage({
  name: "scores divided by d_head, not its root",
  description: "Scores are divided by the width of a head, and not by the root of it.",
  unfit: unscaledScores.unfit,
  rewrite: rewriteAt("hook_q", (q, { g, config }) => g.div(q, Math.sqrt(config.d_head))),
});

/** Scores that are divided by the root of the whole stream's width. */
export const scaledByModelWidth: Sabotage = sabotage({
  name: "scores divided by the root of d_model",
  description: "Scores are divided by the root of the stream's width, and not of a head's.",
  unfit: (config) =>
    needs.attention(config) ??
      (config.d_head === config.d_model ? "its heads are as wide as its stream" : undefined),
  rewrite: rewriteAt(
    "hook_q",
    (q, { g, config }) => g.mul(q, Math.sqrt(config.d_head / config.d_model)),
  ),
});

/** Queries that are too long, all by the same factor: a softmax of another temperature. */
export function longerQueries(strength: number): Sabotage {
  return sabotage({
    name: "queries that are too long",
    description: `Every query is 1 plus ${strength} times as long as it should be.`,
    unfit: needs.attention,
    rewrite: rewriteAt("hook_q", (q, { g }) => g.mul(q, 1 + strength)),
  });
}

/**
 * Grouped queries that go round where they should stay together (`repeat` for `repeat_interleave`):
 * head h reads the keys and values of h modulo their number.
 */
export const keysInTurn: Sabotage = sabotage({
  name: "shared keys that are dealt out in turn",
  description: "Head h reads keys and values h modulo their number, and not those of its group.",
  unfit: (config) =>
    needs.ownKeys(config) === undefined
      ? "its heads have keys of their own"
      : config.n_key_value_heads > 1
      ? undefined
      : "all of its heads share one set of keys",
  // A query sits down with the keys that it is to meet, and what it has read goes back to its head.
  rewrite: rewriteAt(["attn.hook_q", "attn.hook_z"], (x, { g, config }, name) => {
    const { n_heads, n_key_value_heads } = config;
    const group = n_heads / n_key_value_heads;
    const sits = Array.from(
      { length: n_heads },
      (_, seat) => Math.floor(seat / group) + n_key_value_heads * (seat % group),
    );
    const back = sits.map((_, head) => sits.indexOf(head));
    return pickHeads(g, x, name.endsWith("hook_q") ? sits : back);
  }),
});
