import { inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { columnMeans, sizeOf, sum, Tensor } from "../../tensor/mod.ts";

/** What every head looks at: for each layer a tensor [batch, head, query, key]. */
export async function patternsOf(model: Model, tokens: Tokens): Promise<Tensor[]> {
  const hooks = inEachBlock(model.config, "attn.hook_pattern");
  const kept = await run(model, tokens, { hooks });
  return hooks.map((hook) => kept.get(hook));
}

/**
 * What a head looks at on average over texts: of [batch, head, query, key], [1, head, query, key].
 *
 * @throws {RangeError} If there is no text.
 */
export function meanPattern(pattern: Tensor): Tensor {
  const [batch, ...rest] = pattern.shape;
  if (batch === 0) throw new RangeError("Cannot average patterns: a text is required, got none");
  const means = columnMeans(pattern.reshape(batch, sizeOf(rest)));
  return new Tensor(Float32Array.from(means), [1, ...rest]);
}

/**
 * The pattern of a head that has no preference: every place up to its own gets the same
 * weight, [1, 1, length, length].
 */
export function uniformPattern(length: number): Tensor {
  return Tensor.full([1, 1, length, length]).map((_, i) => {
    const [query, key] = [Math.floor(i / length), i % length];
    return key > query ? 0 : 1 / (query + 1);
  });
}

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

/**
 * How much of each head's weight lies elsewhere in another text: half the sum of absolute
 * differences between the weights of the same position in two texts (their total variation
 * distance), averaged over positions and over all pairs of texts. 0 is a pattern that no text
 * changes, 1 one that never looks at the same place twice. The first position of a masked text has
 * no choice, and is left out.
 *
 * @param pattern Of one layer, [batch, head, query, key]: a text in each row.
 * @returns One number for each head.
 * @throws {RangeError} If there are fewer than two texts, or two positions.
 */
export function headVariations(pattern: Tensor): number[] {
  const [batch, heads, queries, keys] = pattern.shape;
  if (batch < 2 || queries < 2) {
    const required = "two texts of two positions are required";
    throw new RangeError(`Cannot compare patterns: ${required}, got [${pattern.shape}]`);
  }
  const pairs = Array.from({ length: batch }, (_, a) => [...Array(a).keys()].map((b) => [a, b]));
  return Array.from({ length: heads }, (_, head) => {
    const variations = pairs.flat().map((pair) => {
      const [one, other] = pair.map((row) => pattern.get(row, head).data.subarray(keys));
      return absoluteDifferences(one, other) / 2;
    });
    return sum(variations) / variations.length / (queries - 1);
  });
}

/** The sum of what numbers differ by. */
function absoluteDifferences(one: Float32Array, other: Float32Array): number {
  let total = 0; // a plain loop: each pair of texts has thousands of weights, for each head
  for (let i = 0; i < one.length; i++) total += Math.abs(one[i] - other[i]);
  return total;
}
