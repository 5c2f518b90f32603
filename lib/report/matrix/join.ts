import type { Matrix } from "./matrix.ts";

/**
 * The matrices of machines that each asked a part of the sabotages, as one.
 *
 * @param order The whole catalogue, by name.
 * @throws {RangeError} If they are not of one version of everything, or two have the same sabotage.
 */
export function joinMatrices(parts: readonly Matrix[], order: readonly string[]): Matrix {
  const [first, ...others] = parts;
  const versions = new Set(parts.map(({ tool }) => JSON.stringify(tool)));
  if (versions.size > 1) {
    throw new RangeError("Cannot merge: matrices of one version of everything are required");
  }
  const rows = parts.flatMap(({ sabotages }) => sabotages);
  const twice = rows.find(({ id }, i) => rows.findIndex((row) => row.id === id) < i);
  if (twice) throw new RangeError(`Cannot merge: two of them have "${twice.id}"`);
  return {
    ...first,
    ...first.seconds !== undefined &&
      { seconds: parts.reduce((sum, { seconds = 0 }) => sum + seconds, 0) },
    complete: order.every((id) => rows.some((row) => row.id === id)),
    claims: first.claims.map((claim, i) => ({
      ...claim,
      ...others.map(({ claims }) => claims[i]).find(({ red }) => red !== undefined),
    })),
    sabotages: rows.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
  };
}
