import type { Tensor } from "../../tensor/mod.ts";
import { logSumExp } from "./log_probability.ts";

/** What a model predicts in one place, kept to compare other predictions with. */
export interface Prediction {
  /** The logits as given: [d_vocab]. */
  readonly logits: ArrayLike<number>;
  /** What they give each token: [d_vocab]. */
  readonly probabilities: Float64Array;
  /** log(sum exp(logits)). */
  readonly total: number;
}

/** The prediction that logits over a vocabulary stand for. */
export function prediction(logits: ArrayLike<number>): Prediction {
  const total = logSumExp(logits);
  return { logits, probabilities: Float64Array.from(logits, (x) => Math.exp(x - total)), total };
}

/** What logits predict at each position: of [pos, d_vocab], [pos]. */
export function predictions(logits: Tensor): Prediction[] {
  return logits.unstack().map(({ data }) => prediction(data));
}

/**
 * KL(p || q) in nats, of a prediction and the logits of another: exactly zero of the same logits,
 * and otherwise no further below zero than rounding puts it.
 */
export function divergence(p: Prediction, logits: ArrayLike<number>): number {
  // A plain loop: with every head replaced in turn there are millions of numbers.
  let expected = 0;
  for (let i = 0; i < logits.length; i++) {
    expected += p.probabilities[i] * (p.logits[i] - logits[i]);
  }
  return expected + logSumExp(logits) - p.total;
}
