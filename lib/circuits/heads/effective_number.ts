/**
 * Over how many of its parts something is spread: as many as there are if all have an equal share,
 * 1 if one of them has everything. In ecology, the Hill number (Hill, 1973, "Diversity and
 * Evenness: A Unifying Notation and Its Consequences").
 *
 * @param amounts What each part has, none below zero; shares are taken of their sum.
 * @param order How much the large ones count: 2 is one over the sum of squared shares (the inverse
 * Simpson index, or participation ratio), 1 the exponential of the shares' entropy.
 * @throws {RangeError} If an amount is negative or not finite, or all are zero.
 */
export function effectiveNumber(amounts: readonly number[], order: 1 | 2 = 2): number {
  const total = amounts.reduce((sum, x) => sum + x, 0);
  const wrong = amounts.find((x) => !(x >= 0 && x < Infinity));
  if (wrong !== undefined || !(total > 0)) {
    const required = "finite amounts of at least 0 that are not all 0 are required";
    throw new RangeError(`Cannot count effectively: ${required}, got [${amounts}]`);
  }
  const shares = amounts.map((x) => x / total);
  if (order === 2) return 1 / shares.reduce((sum, share) => sum + share ** 2, 0);
  return Math.exp(-shares.reduce((sum, p) => p > 0 ? sum + p * Math.log(p) : sum, 0));
}
