import type { Tensor } from "./tensor.ts";

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
