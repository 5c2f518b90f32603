/** The logarithm of a sum of exponentials, in two parts whose sum it is. */
interface LogSum {
  /** The largest of the numbers. */
  readonly top: number;
  /** What the others add to it: between 0 and the logarithm of how many there are. */
  readonly rest: number;
}

/**
 * The logarithm of the sum of exponentials, in 64 bits: what is taken off logits to make them
 * log-probabilities. In two parts, so that no exponential overflows and no digit is lost to a top
 * that is far from zero.
 */
export function logSum(logits: ArrayLike<number>): LogSum {
  // Plain loops: there are millions of logits.
  let [top, sum] = [-Infinity, 0];
  for (let i = 0; i < logits.length; i++) if (logits[i] > top) top = logits[i];
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i] - top);
  return { top, rest: Math.log(sum) };
}

/** Both parts together. */
export function logSumExp(logits: ArrayLike<number>): number {
  const { top, rest } = logSum(logits);
  return top + rest;
}

/** Logits over a vocabulary to log-probabilities, in 64 bits. */
export function logProbabilities(logits: ArrayLike<number>): Float64Array {
  const { top, rest } = logSum(logits);
  return Float64Array.from(logits, (logit) => logit - top - rest);
}

/** The log-probability of one token, from logits over a vocabulary. */
export function logProbability(logits: ArrayLike<number>, token: number): number {
  const { top, rest } = logSum(logits);
  return logits[token] - top - rest;
}
