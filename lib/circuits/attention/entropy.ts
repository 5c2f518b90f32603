import type { Tensor } from "../../tensor/mod.ts";

/**
 * How evenly each head spreads its weight: the entropy of a position's weights over the logarithm
 * of the number of places up to it, averaged over positions and texts. 1 is all places alike, 0 is
 * one place alone. The first position has no choice, and is left out.
 *
 * @param pattern Of one layer of a model with a causal mask, [batch, head, query, key].
 * @returns One number for each head.
 * @throws {RangeError} If there are fewer than two places.
 */
export function headEntropies(pattern: Tensor): number[] {
  const [batch, heads, length] = pattern.shape;
  if (length < 2) {
    throw new RangeError(`Cannot measure entropy: two places are required, got ${length}`);
  }
  return Array.from({ length: heads }, (_, head) => {
    let sum = 0;
    for (let row = 0; row < batch; row++) {
      for (let query = 1; query < length; query++) {
        sum += entropy(pattern.get(row, head, query).data) / Math.log(query + 1);
      }
    }
    return sum / batch / (length - 1);
  });
}

/** The entropy of weights that sum to 1, in nats; a weight of zero adds nothing. */
export function entropy(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0) total -= weights[i] * Math.log(weights[i]);
  }
  return total;
}
