import { isPermutation, sizeOf, Tensor } from "./tensor.ts";

/**
 * The largest absolute difference between two tensors of one shape; two equal infinities differ by
 * nothing.
 *
 * @throws {RangeError} If the shapes differ.
 */
export function maxDifference(a: Tensor, b: Tensor): number {
  if (`${a.shape}` !== `${b.shape}`) {
    throw new RangeError(
      `Cannot compare tensors: shapes must match, got [${a.shape}], [${b.shape}]`,
    );
  }
  return a.data.reduce((most, x, i) => {
    const y = b.data[i];
    return x === y ? most : Math.max(most, Math.abs(x - y));
  }, 0);
}

/** The largest absolute value. */
export function maxAbs(x: Tensor): number {
  return x.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The size of the difference of two tensors of one shape, relative to the size of the first. */
export function relativeChange(a: Tensor, b: Tensor): number {
  const size = (read: (x: number, i: number) => number) =>
    Math.sqrt(a.data.reduce((sum, x, i) => sum + read(x, i) ** 2, 0));
  return size((x, i) => x - b.data[i]) / size((x) => x);
}

/**
 * Row `order[i]` in place i, along the second axis: of [batch, pos, ...], positions reordered.
 *
 * @throws {RangeError} Unless the order names every position once.
 */
export function reorderPositions(x: Tensor, order: readonly number[]): Tensor {
  const [batch, pos, ...rest] = x.shape;
  if (!isPermutation(order, pos)) {
    throw new RangeError(
      `Cannot reorder positions: each of ${pos} positions once is required, got [${order}]`,
    );
  }
  const data = new Float32Array(x.size);
  const inner = x.size / (batch * pos);
  for (let b = 0; b < batch; b++) {
    order.forEach((from, to) => data.set(x.get(b, from).data, (b * pos + to) * inner));
  }
  return new Tensor(data, [batch, pos, ...rest]);
}

/** Rows of the first axis by number, each as often as it is named: [rows.length, ...]. */
export function takeRows(x: Tensor, rows: readonly number[]): Tensor {
  const inner = x.shape.slice(1);
  const data = new Float32Array(rows.length * sizeOf(inner));
  rows.forEach((row, i) => data.set(x.get(row).data, i * sizeOf(inner)));
  return new Tensor(data, [rows.length, ...inner]);
}
