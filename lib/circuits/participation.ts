import { svd } from "../tensor/svd.ts";
import { Tensor } from "../tensor/tensor.ts";
import { dot } from "./random_directions.ts";

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
  const { S, V } = svd(centred(x));
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
  const { products, trace } = productsOf(x);
  return spans.map((axes) => {
    const [width, count] = axes.shape;
    const along = axes.transpose(1, 0).data; // a direction in one piece: [count, width]
    let within = 0;
    for (let k = 0; k < count; k++) {
      const direction = along.subarray(k * width, (k + 1) * width);
      for (let i = 0; i < width; i++) {
        within += direction[i] * dot(products.subarray(i * width, (i + 1) * width), direction);
      }
    }
    return within / trace;
  });
}

/**
 * The mean of |cos| over all pairs of a vector of the one set and a vector of the other, each taken
 * about its set's mean. For random vectors about sqrt(2 / (pi d)).
 *
 * @param a One vector a row, [rows, width].
 * @param b One vector a row, [other rows, width].
 */
export function meanCosine(a: Tensor, b: Tensor): number {
  const [left, right] = [unitRows(centred(a)), unitRows(centred(b))];
  const sum = left.reduce(
    (sum, x) => sum + right.reduce((sum, y) => sum + Math.abs(dot(x, y)), 0),
    0,
  );
  return sum / (left.length * right.length);
}

/** x^T x about the mean, [width, width], whose eigenvalues are the variances; and their sum. */
function productsOf(x: Tensor): { products: Float64Array; trace: number } {
  const { data, shape: [rows, width] } = centred(x);
  const products = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    const vector = data.subarray(row * width, (row + 1) * width);
    for (let i = 0; i < width; i++) {
      const [x, at] = [vector[i], i * width];
      for (let j = 0; j <= i; j++) products[at + j] += x * vector[j];
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) products[j * width + i] = products[i * width + j];
  }
  let trace = 0;
  for (let i = 0; i < width; i++) trace += products[i * width + i];
  return { products, trace };
}

/** The vectors less their mean: [rows, width]. */
function centred({ data, shape }: Tensor): Tensor {
  const [rows, width] = shape;
  const mean = new Float64Array(width);
  data.forEach((value, i) => mean[i % width] += value / rows);
  return new Tensor(data.map((value, i) => value - mean[i % width]), shape);
}

function unitRows(x: Tensor): Float32Array[] {
  return Array.from({ length: x.shape[0] }, (_, row) => {
    const { data } = x.get(row);
    const length = Math.sqrt(dot(data, data));
    return data.map((value) => value / length);
  });
}
