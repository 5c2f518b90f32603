import type { Tensor } from "../../tensor/tensor.ts";

/**
 * How evenly each head spreads its weight: the entropy of a position's weights over the logarithm
 * of the number of places that it may look at, averaged over positions and texts. 1 is all places
 * alike, 0 is one place alone. The first position of a masked text has no choice, and is left out.
 *
 * @param pattern Of one layer, [batch, head, query, key], as many keys as queries.
 * @param causal Whether position i may look only at the places up to i; true unless told.
 * @returns One number for each head.
 * @throws {RangeError} If there are fewer than two places.
 */
export function headEntropies(pattern: Tensor, causal = true): number[] {
  const [batch, heads, length] = pattern.shape;
  if (length < 2) {
    throw new RangeError(`Cannot measure entropy: two places are required, got ${length}`);
  }
  const first = causal ? 1 : 0;
  const sums = new Float64Array(heads);
  for (let row = 0; row < batch * heads; row++) {
    for (let query = first; query < length; query++) {
      const start = (row * length + query) * length;
      const weights = pattern.data.subarray(start, start + length);
      sums[row % heads] += entropy(weights) / Math.log(causal ? query + 1 : length);
    }
  }
  return Array.from(sums, (sum) => sum / batch / (length - first));
}

/** The entropy of weights that sum to 1, in nats; a weight of zero adds nothing. */
export function entropy(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0) total -= weights[i] * Math.log(weights[i]);
  }
  return total;
}
