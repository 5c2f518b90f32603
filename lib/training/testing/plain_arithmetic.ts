/** For tests: the few functions that operations are written down with, in 64 bits. */
import { softmax as softmaxOf } from "../../model/reference/maths.ts";

/** 0, 1, ... n - 1. */
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** All of them added up. */
export const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Rows of `width` numbers, each changed by `f`. */
export const rows = (x: Float64Array, width: number, f: (row: number[]) => number[]): number[] =>
  range(x.length / width).flatMap((r) => f([...x.subarray(r * width, (r + 1) * width)]));

/** Shares that sum to one. */
export const softmax = (row: number[]): number[] => [...softmaxOf(Float64Array.from(row))];

/** The matrix product of [m, inner] and [inner, n]. */
export function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  m: number,
  inner: number,
  n: number,
): number[] {
  const at = (i: number, j: number) =>
    sum(range(inner).map((k) => a[i * inner + k] * b[k * n + j]));
  return range(m).flatMap((i) => range(n).map((j) => at(i, j)));
}
