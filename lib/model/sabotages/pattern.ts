import type { Value } from "../../onnx/graph.ts";
import { Random } from "../../tensor/random.ts";
import type { BuildContext } from "../graph/context.ts";
import { type Rewrite, rewriteAt } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Attention that cannot look anywhere else: each position reads its own value. */
export const selfOnlyHeads: Sabotage = sabotage({
  name: "heads that look only at themselves",
  description: "Every head gives all of its weight to the position that asks.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_attn_scores", (scores, { g, queryPos, keyPos }) => {
    const self = g.equal(keyPos, g.unsqueeze(queryPos, 1)); // [pos, kv]
    return g.where(self, scores, -Infinity);
  }),
});

/** All of a head's weight on the place that it scores highest; shared where several are. */
export const hardAttention: Sabotage = sabotage({
  name: "hard maximum attention",
  description: "Every head gives all of its weight to the place that it scores highest.",
  unfit: needs.attention,
  rewrite: fromScores((_, scores, { g }) => {
    const chosen = g.cast(g.lessOrEqual(highest(scores, g), scores), "float32");
    return g.div(chosen, g.sum(chosen, [-1], true)); // [batch, n_heads, pos, kv]
  }),
});

/** Scores as they are in the place of weights: they may be negative, and sum to anything. */
export const withoutSoftmax: Sabotage = sabotage({
  name: "attention without softmax",
  description: "Scores serve as weights as they are, with zero where the mask forbids.",
  unfit: needs.attention,
  rewrite: fromScores((_, scores, context) =>
    context.g.where(forbidden(scores, context.g), 0, scores)
  ),
});

/** A budget just off: the weights of each position sum to a thousandth more than 1. */
export const largerBudget: Sabotage = sabotage({
  name: "weights that sum to a thousandth too much",
  description: "Every attention weight is multiplied by 1.001.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_pattern", (pattern, { g }) => g.mul(pattern, 1.001)),
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
  rewrite: fromScores((_, scores, { g }) => {
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
  rewrite: fromScores((pattern, scores, { g }) => {
    const allowed = g.where(forbidden(scores, g), 0, 1); // [batch, n_heads, pos, kv]
    return g.mul(pattern, g.sum(allowed, [-1], true));
  }),
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
  rewrite: rewriteAt("hook_attn_scores", (scores, context, name) => {
    const { g } = context;
    const block = name.replace("hook_attn_scores", "");
    const fixed = g.expandLike(tableOf(context, `${block}W_pattern`), scores); // [batch, n_heads, pos, kv]
    const mask = g.find(`${block}mask`);
    return mask ? g.where(mask, fixed, -Infinity) : fixed;
  }),
});

/** The part of a table of scores that a text of this length uses: [n_heads, pos, kv]. */
function tableOf({ g, config, queryPos, keyPos }: BuildContext, name: string): Value {
  const { n_heads, n_ctx } = config;
  const drawn = new Random(name).normalTensor([n_heads, n_ctx, n_ctx]);
  const table = g.transpose(g.initializer(name, drawn), 1, 2, 0); // [n_ctx, n_ctx, n_heads]
  const rows = g.transpose(g.gather(table, queryPos), 1, 0, 2); // [n_ctx, pos, n_heads]
  return g.transpose(g.gather(rows, keyPos), 2, 1, 0); // [n_heads, pos, kv]
}

/** A rewrite of the pattern that also sees the scores it was made from, masked. */
function fromScores(
  change: (pattern: Value, scores: Value, context: BuildContext) => Value,
): Rewrite {
  return rewriteAt("hook_pattern", (pattern, context, name) => {
    const scores = context.g.get(name.replace("hook_pattern", "hook_attn_scores"));
    return change(pattern, scores, context);
  });
}

/** Where the mask forbids to look: bool, as the scores. */
function forbidden(scores: Value, g: BuildContext["g"]): Value {
  return g.lessOrEqual(scores, g.constant(-Infinity));
}

/** The highest score of each position: [..., 1]. */
function highest(scores: Value, g: BuildContext["g"]): Value {
  return g.op("ReduceMax", [scores], scores.shape.with(-1, 1), { axes: [-1], keepdims: 1 });
}

/** Softmax along the wrong axis: what each place is given sums to 1, and not what each one gives. */
export const softmaxOverQueries: Sabotage = sabotage({
  name: "a softmax over the queries",
  description: "Weights sum to 1 over the positions that ask, and not over those that are asked.",
  unfit: needs.attention,
  rewrite: fromScores((_, scores, { g }) =>
    g.transpose(g.softmax(g.transpose(scores, 0, 1, 3, 2)), 0, 1, 3, 2)
  ),
});

/** Powers of two in the place of exponentials. */
export const softmaxBaseTwo: Sabotage = sabotage({
  name: "a softmax to the base of two",
  description: "Weights are proportional to 2 to the power of the score, and not e.",
  unfit: needs.attention,
  rewrite: fromScores((_, scores, { g }) => g.softmax(g.mul(scores, Math.LN2))),
});

/**
 * Attention dropout that was left on: some weights are zero and the others larger, here always the
 * same ones, as from a generator with a fixed seed.
 *
 * @param share Of the weights that are dropped.
 */
export function dropout(share: number): Sabotage {
  return sabotage({
    name: "attention dropout that was left on",
    description: `Of all attention weights ${share} are zero, and the others as much larger.`,
    unfit: needs.attention,
    rewrite: rewriteAt("hook_pattern", (pattern, { g, queryPos, keyPos }) => {
      const [query, key] = [g.unsqueeze(queryPos, 1), keyPos].map((x) => g.cast(x, "float32"));
      const angle = g.add(g.mul(query, 12.9898), g.mul(key, 78.233)); // [pos, kv]
      const least = g.constant(Math.sin(Math.PI * (share - 0.5))); // the sine of so many is below
      return g.where(g.lessOrEqual(g.unary("Sin", angle), least), 0, g.div(pattern, 1 - share));
    }),
  });
}
