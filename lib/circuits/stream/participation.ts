import { dot, product } from "../../tensor/arithmetic.ts";
import { svd } from "../../tensor/svd.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { centre } from "../../tensor/statistics.ts";

/** The directions along which some vectors differ, and how much of their variance lies along each. */
export interface Spread {
  /** Variance summed over the vectors, largest first: squares of the vectors' own unit. */
  readonly energies: readonly number[];
  /** The directions in that order, orthonormal columns: [width, energies.length]. */
  readonly axes: Tensor;
}

/**
 * How vectors spread about their mean: principal components.
 *
 * @param x One vector a row, [rows, width].
 * @throws {RangeError} If it is no matrix or holds a number that is not finite.
 */
export function spreadOf(x: Tensor): Spread {
  const { S, V } = svd(centre(x));
  return { energies: S.map((s) => s * s), axes: V };
}

/**
 * Over how many dimensions vectors spread about their mean: the participation ratio of the variance
 * along their principal axes. As many as there are axes if all vary alike, 1 if one varies alone.
 *
 * @throws {RangeError} If nothing varies.
 */
export function participation({ energies }: Pick<Spread, "energies">): number {
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  if (total > 0) return total ** 2 / energies.reduce((sum, energy) => sum + energy ** 2, 0);
  throw new RangeError("Cannot measure participation: vectors that differ are required");
}

/** What `rows` random vectors of this width would spread over, from N(0, 1): n d / (n + d), nearly. */
export function randomParticipation(rows: number, width: number): number {
  return rows * width / (rows + width);
}

/**
 * The fewest axes that hold a share of the variance.
 *
 * @throws {RangeError} If the share is not above 0 and at most 1.
 */
export function axesFor({ energies }: Pick<Spread, "energies">, share: number): number {
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`Cannot count axes: a share in (0, 1] is required, got ${share}`);
  }
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  let held = 0;
  const last = energies.findIndex((energy) => (held += energy) >= share * total);
  return last < 0 ? energies.length : last + 1; // rounding may leave the whole just out of reach
}

/** The first columns of some axes: [width, count]. */
export function firstAxes(axes: Tensor, count: number): Tensor {
  const data = axes.transpose(1, 0).data.subarray(0, count * axes.shape[0]);
  return new Tensor(data.slice(), [count, axes.shape[0]]).transpose(1, 0);
}

/**
 * Which share of the vectors' variance lies within the span of some directions, span by span. Random
 * directions hold k of d on average.
 *
 * @param x One vector a row, [rows, width]; taken about their mean.
 * @param spans Each of orthonormal columns, [width, k].
 */
export function sharesWithin(x: Tensor, spans: readonly Tensor[]): number[] {
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
  return cosines.data.reduce((sum, cosine) => sum + Math.abs(cosine), 0) / cosines.size;
}

/** The same directions, each of length 1: [rows, width]. */
function unitRows({ data, shape: [rows, width] }: Tensor): Tensor {
  const unit = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += width) {
    const vector = data.subarray(at, at + width);
    const length = Math.sqrt(squared({ data: vector }));
    for (let i = 0; i < width; i++) unit[at + i] = vector[i] / length;
  }
  return new Tensor(unit, [rows, width]);
}

/** The sum of the squares of all numbers. */
function squared({ data }: Pick<Tensor, "data">): number {
  return dot(data, data);
}
