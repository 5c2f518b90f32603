import { sum, type Tensor } from "../../tensor/mod.ts";

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
      return sum(Array.from(one, (weight, i) => Math.abs(weight - other[i]))) / 2;
    });
    return sum(variations) / variations.length / (queries - 1);
  });
}
