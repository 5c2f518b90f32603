import { rewriteAt } from "../graph/rewrite.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Logits averaged over the text: the same prediction at every position, in the right shape. */
export const onePredictionForTheWindow: Sabotage = sabotage({
  name: "one prediction for the whole window",
  description: "The logits are averaged over the positions, and every position gets the average.",
  rewrite: rewriteAt("logits", (logits, { g }) => g.expandLike(g.mean(logits, [1], true), logits)),
});

/** Logits averaged over the vocabulary: one number for each place, [batch, pos, 1]. */
export const oneLogitForEachPosition: Sabotage = sabotage({
  name: "one logit for each place in the window",
  description: "The logits are averaged over the vocabulary.",
  rewrite: rewriteAt("logits", (logits, { g }) => g.mean(logits, [2], true)),
});
