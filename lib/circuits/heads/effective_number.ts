import { sum } from "../../tensor/mod.ts";

/**
 * Over how many of its parts something is spread: as many as there are if all have an equal share,
 * 1 if one of them has everything. One over the sum of squared shares: in ecology the inverse
 * Simpson index, the Hill number of order 2 (Hill, 1973, "Diversity and Evenness: A Unifying
 * Notation and Its Consequences").
 *
 * @param amounts What each part has, none below zero; shares are taken of their sum.
 * @throws {RangeError} If an amount is negative or not finite, or all are zero.
 */
export function effectiveNumber(amounts: readonly number[]): number {
  const total = sum(amounts);
  const wrong = amounts.find((x) => !(x >= 0 && x < Infinity));
  if (wrong !== undefined || !(total > 0)) {
    const required = "finite amounts of at least 0 that are not all 0 are required";
    throw new RangeError(`Cannot count effectively: ${required}, got [${amounts}]`);
  }
  return 1 / sum(amounts.map((x) => (x / total) ** 2));
}

/**
 * The same token by token: over how many parts something is spread at each.
 *
 * @param amounts For each part, what it has at each token: [part][token].
 * @throws {RangeError} If at some token an amount is negative or not finite, or all are zero.
 */
export function effectiveByToken(amounts: readonly (readonly number[])[]): number[] {
  return amounts[0].map((_, token) => effectiveNumber(amounts.map((part) => part[token])));
}
