import { rewriteAt } from "../graph/rewrite.ts";
import { hasUnembedBias } from "../params.ts";
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

/** Two rows of the unembedding in each other's place: one word is scored as its neighbour is. */
export function neighbouringLogit(token: number): Sabotage {
  return sabotage({
    name: "an unembedding with two words exchanged",
    description: `Token ${token} gets the logit of the token after it, and that one its own.`,
    unfit: ({ d_vocab }) => token + 1 < d_vocab ? undefined : `it has no tokens ${token} and after`,
    rewrite: rewriteAt("logits", (logits, { g, config: { d_vocab } }) => {
      const rows = Array.from({ length: d_vocab }, (_, word) => word);
      const read = rows.with(token, token + 1).with(token + 1, token);
      const words = g.gather(g.transpose(logits, 2, 0, 1), g.integers(read)); // [d_vocab, batch, pos]
      return g.transpose(words, 1, 2, 0); // [batch, pos, d_vocab]
    }),
  });
}

/** Predictions that stand one place late, as where a shift is made twice. */
export const logitsOneLate: Sabotage = sabotage({
  name: "predictions one place late",
  description: "Each position puts out what its left neighbour predicts, and the first nothing.",
  rewrite: rewriteAt("logits", (logits, { g, queryPos }) => {
    const left = g.sub(g.unsqueeze(queryPos, 1), g.integers(1)); // [pos, 1]
    return g.matmul(g.cast(g.equal(queryPos, left), "float32"), logits); // [batch, pos, d_vocab]
  }),
});

/** Logits without their bias, as where a reader of files knows none. */
export const logitsWithoutBias: Sabotage = sabotage({
  name: "logits without a bias",
  description: "The bias b_U is not added.",
  unfit: (config) => hasUnembedBias(config) ? undefined : "its unembedding has no bias",
  rewrite: rewriteAt("logits", (logits, { g, param }) => g.sub(logits, param("unembed.b_U"))),
});

/**
 * Logits that cannot grow beyond some size, as Gemma 2 has them (2024, arXiv:2408.00118).
 *
 * @param strength One divided by the size.
 */
export function cappedLogits(strength: number): Sabotage {
  return sabotage({
    name: "logits that are capped",
    description: `Logits are squeezed by a tanh to less than 1 divided by ${strength}.`,
    unfit: () => strength > 0 ? undefined : "logits without a cap are sound",
    rewrite: rewriteAt("logits", (x, { g }) => {
      return g.div(g.unary("Tanh", g.mul(x, strength)), strength); // [batch, pos, d_vocab]
    }),
  });
}
