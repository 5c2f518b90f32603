import { max, sum } from "../../../tensor/statistics.ts";

/**
 * What the rows of a pattern add up to, in words. Each of n weights is a float32 that was divided by
 * a sum of n: rounding makes a row depart from 1 by n times 2^-23 at most.
 */
export function sumsInWords(pattern: readonly (readonly number[])[]): string {
  const apart = max(pattern.map((row) => Math.abs(sum(row) - 1)));
  const rounding = pattern.length * 2 ** -23;
  if (apart <= rounding) return "Each row adds up to 1.";
  return `Not every row adds up to 1: one departs from it by ${
    apart.toPrecision(2)
  }, and rounding ` +
    `makes ${rounding.toPrecision(2)} at most.`;
}
