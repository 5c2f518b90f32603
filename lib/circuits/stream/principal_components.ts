import {
  centre,
  dot,
  mean,
  product,
  sum,
  svd,
  takeColumns,
  type Tensor,
} from "../../tensor/mod.ts";

/** The directions along which some vectors differ, and how much of their variance lies along each. */
export interface PrincipalComponents {
  /** Variance summed over the vectors, largest first: squares of the vectors' own unit. */
  readonly variances: readonly number[];
  /** The directions in that order, orthonormal columns: [width, variances.length]. */
  readonly axes: Tensor;
}

/**
 * The principal components of vectors about their mean.
 *
 * @param x One vector a row, [rows, width].
 * @throws {RangeError} If it is no matrix or holds a number that is not finite.
 */
export function principalComponents(x: Tensor): PrincipalComponents {
  const { S, V } = svd(centre(x));
  return { variances: S.map((s) => s * s), axes: V };
}

/**
 * Over how many dimensions vectors spread about their mean: the participation ratio of the variance
 * along their principal axes. As many as there are axes if all vary alike, 1 if one varies alone.
 *
 * @throws {RangeError} If nothing varies.
 */
export function participationRatio({ variances }: Pick<PrincipalComponents, "variances">): number {
  const total = sum(variances);
  if (total > 0) return total ** 2 / dot(variances, variances);
  throw new RangeError("Cannot measure participation: vectors that differ are required");
}

/** What `rows` random vectors of this width would spread over, from N(0, 1): n d / (n + d), nearly. */
export function randomParticipationRatio(rows: number, width: number): number {
  return rows * width / (rows + width);
}

/**
 * The fewest axes that hold a share of the variance, as columns: [width, how many].
 *
 * @throws {RangeError} If the share is not above 0 and at most 1.
 */
export function leadingAxes({ variances, axes }: PrincipalComponents, share: number): Tensor {
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`Cannot count axes: a share in (0, 1] is required, got ${share}`);
  }
  const total = sum(variances);
  let held = 0;
  const last = variances.findIndex((variance) => (held += variance) >= share * total);
  const count = last < 0 ? variances.length : last + 1; // rounding may leave the whole out of reach
  return takeColumns(axes, [...Array(count).keys()]);
}

/**
 * Which share of the vectors' variance lies within the span of some directions, span by span. Random
 * directions hold k of d on average.
 *
 * @param x One vector a row, [rows, width]; taken about their mean.
 * @param spans Each of orthonormal columns, [width, k].
 */
export function varianceWithin(x: Tensor, spans: readonly Tensor[]): number[] {
  const about = centre(x); // [rows, width]
  const total = squared(about);
  return spans.map((axes) => squared(product(about, axes)) / total);
}

/**
 * The mean of |cos| over all pairs of a vector of the one set and a vector of the other, each taken
 * about its set's mean. For random vectors about sqrt(2 / (pi d)).
 *
 * @param a One vector a row, [rows, width].
 * @param b One vector a row, [other rows, width].
 */
export function meanCosine(a: Tensor, b: Tensor): number {
  const cosines = product(unitRows(centre(a)), unitRows(centre(b)).transpose(1, 0)); // [a, b]
  return mean(cosines.data.map(Math.abs));
}

/** The same directions, each of length 1: [rows, width]. */
function unitRows(x: Tensor): Tensor {
  const lengths = x.unstack().map((row) => Math.sqrt(squared(row)));
  return x.map((value, i) => value / lengths[Math.floor(i / x.shape[1])]);
}

/** The sum of the squares of all numbers. */
function squared({ data }: Tensor): number {
  return dot(data, data);
}
