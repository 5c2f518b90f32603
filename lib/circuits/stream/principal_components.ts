import { EigenvalueDecomposition } from "ml-matrix";
import memoize from "memoize";
import { product64 } from "../../tensor/arithmetic.ts";
import { Matrix, tensorOf } from "../../tensor/matrix.ts";
import { centre, dot, mean, product, sum, takeColumns, Tensor } from "../../tensor/mod.ts";

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
  const finite = x.data.every(Number.isFinite); // a NaN would keep the iterations going for ever
  if (x.shape.length !== 2 || x.size === 0 || !finite) {
    const required = "finite numbers in rows and columns are required";
    throw new RangeError(`Cannot find principal components: ${required}, got [${x.shape}]`);
  }
  const [rows, width] = x.shape;
  // A symmetric matrix, as small as the vectors are wide, is done with in a quarter of the time that
  // the singular values of the vectors take.
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(width, width, scatter(x)),
    { assumeSymmetric: true },
  ); // the smallest first
  const order = realEigenvalues.map((_, i) => width - 1 - i).slice(0, Math.min(rows, width));
  return {
    variances: order.map((i) => Math.max(0, realEigenvalues[i])), // rounding may go below
    axes: takeColumns(tensorOf(eigenvectorMatrix), order),
  };
}

/** Of vectors about their mean, X^T X in 64 bits: [width, width], row after row. */
const scatter = memoize((x: Tensor): Float64Array => {
  const about = centre(x);
  return product64(about.transpose(1, 0), about);
}, { cache: new WeakMap() });

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
  const [, width] = x.shape;
  // Far fewer numbers than the vectors, and all that their variance in any direction depends on.
  const numbers = scatter(x);
  const total = sum(Array.from({ length: width }, (_, i) => numbers[i * (width + 1)]));
  const square = new Tensor(Float32Array.from(numbers), [width, width]);
  return spans.map((axes) => dot(product64(square, axes), axes.data) / total);
}

/**
 * The mean of |cos| over all pairs of a vector of the one set and a vector of the other, each taken
 * about its set's mean. For random vectors about sqrt(2 / (pi d)).
 *
 * @param a One vector a row, [rows, width].
 * @param b One vector a row, [other rows, width].
 */
export function meanCosine(a: Tensor, b: Tensor): number {
  const cosines = product(unitRows(a), unitRows(b).transpose(1, 0)); // [a, b]
  return mean(cosines.data.map(Math.abs));
}

/** The directions of vectors about their mean, each of length 1: [rows, width]. */
const unitRows = memoize((x: Tensor): Tensor => {
  const about = centre(x);
  const lengths = about.unstack().map((row) => Math.sqrt(squared(row)));
  return about.map((value, i) => value / lengths[Math.floor(i / x.shape[1])]);
}, { cache: new WeakMap() });

/** The sum of the squares of all numbers. */
function squared({ data }: Tensor): number {
  return dot(data, data);
}
