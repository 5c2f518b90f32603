import { sizeOf, Tensor } from "./tensor.ts";

/** The scalar product, in 64 bits. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Tensors of one shape added up, in order, each step rounded to 32 bits as a runtime does it.
 *
 * @throws {RangeError} If there is none or their shapes differ.
 */
export function add(tensors: readonly Tensor[]): Tensor {
  if (new Set(tensors.map(({ shape }) => `${shape}`)).size !== 1) {
    const given = tensors.map(({ shape }) => `[${shape}]`).join(" and ") || "none";
    throw new RangeError(`Cannot add tensors: one shape is required, got ${given}`);
  }
  const data = tensors[0].data.slice();
  for (const tensor of tensors.slice(1)) {
    for (let i = 0; i < data.length; i++) data[i] += tensor.data[i];
  }
  return new Tensor(data, tensors[0].shape);
}

/**
 * A product of matrices, added up in 64 bits and rounded once: [..., n] by [n, m] is [..., m].
 *
 * @throws {RangeError} If the shapes do not fit.
 */
export function product(x: Tensor, matrix: Tensor): Tensor {
  const numbers = Float32Array.from(product64(x, matrix));
  return new Tensor(numbers, [...x.shape.slice(0, -1), matrix.shape[1]]);
}

/** The same without the rounding in the end: its numbers, row after row. */
export function product64(x: Tensor, matrix: Tensor): Float64Array {
  const [inner, columns] = matrix.shape;
  if (matrix.shape.length !== 2 || x.shape.at(-1) !== inner) {
    const given = `[${x.shape}] and [${matrix.shape}]`;
    throw new RangeError(`Cannot multiply: [..., n] and [n, m] are required, got ${given}`);
  }
  const rows = sizeOf(x.shape.slice(0, -1));
  const sums = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [x.data.subarray(row * inner), sums.subarray(row * columns)];
    for (let k = 0; k < inner; k += 4) addFour(to, from, k, matrix.data, inner, columns);
  }
  return sums;
}

/** Adds up to four of a matrix's rows at once, each times its factor: half the reads and writes. */
function addFour(
  to: Float64Array,
  factors: Float32Array,
  k: number,
  matrix: Float32Array,
  inner: number,
  columns: number,
): void {
  // Past the end the last row stands in, with a factor of zero.
  const end = inner - 1;
  const a = factors[k];
  const b = k + 1 < inner ? factors[k + 1] : 0;
  const c = k + 2 < inner ? factors[k + 2] : 0;
  const d = k + 3 < inner ? factors[k + 3] : 0;
  if (a === 0 && b === 0 && c === 0 && d === 0) return; // half of a causal pattern
  const second = Math.min(k + 1, end) * columns;
  const third = Math.min(k + 2, end) * columns;
  const fourth = Math.min(k + 3, end) * columns;
  const first = k * columns;
  for (let i = 0; i < columns; i++) {
    to[i] += a * matrix[first + i] + b * matrix[second + i] + c * matrix[third + i] +
      d * matrix[fourth + i];
  }
}
