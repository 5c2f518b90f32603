/**
 * For tests: ALiBi's slopes, as powers of 1/2, by the number of heads. Those for 8 and 16 stand in
 * section 3 of the paper; the others are what its published code gives: the slopes of the power of two
 * below, then every second one of the power of two above.
 */
const POWERS: Readonly<Record<number, readonly number[]>> = {
  1: [8],
  3: [4, 8, 2],
  4: [2, 4, 6, 8],
  6: [2, 4, 6, 8, 1, 3],
  8: [1, 2, 3, 4, 5, 6, 7, 8],
  12: [1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5],
  16: Array.from({ length: 16 }, (_, head) => (head + 1) / 2),
};

export const ALIBI_SLOPES: readonly (readonly number[])[] = Object.values(POWERS)
  .map((powers) => powers.map((power) => 2 ** -power));
