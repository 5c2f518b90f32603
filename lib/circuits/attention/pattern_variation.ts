import type { Tensor } from "../../tensor/tensor.ts";

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
  const pairs = batch * (batch - 1) / 2;
  return Array.from({ length: heads }, (_, head) => {
    let sum = 0;
    for (let a = 0; a < batch; a++) {
      for (let b = 0; b < a; b++) sum += apart(pattern.get(a, head), pattern.get(b, head), keys);
    }
    return sum / pairs / (queries - 1);
  });
}

/** Half of all absolute differences but those of the first position. */
function apart(a: Tensor, b: Tensor, keys: number): number {
  let sum = 0;
  for (let i = keys; i < a.data.length; i++) sum += Math.abs(a.data[i] - b.data[i]);
  return sum / 2;
}
