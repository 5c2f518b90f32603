import type { Tensor } from "./tensor.ts";

/** All numbers added up in order, in 64 bits; 0 of none. */
export function sum(numbers: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i];
  return total;
}

/** The arithmetic mean. */
export function mean(numbers: ArrayLike<number>): number {
  return sum(numbers) / numbers.length;
}

/** The mean over rows, column by column: of [row][column], [column]. */
export function meanOverRows(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, column) => mean(rows.map((row) => row[column])));
}

/** The standard error of a mean: how far it would stray if the same were measured again. */
export function standardError(numbers: readonly number[]): number {
  const middle = mean(numbers);
  const squares = sum(numbers.map((x) => (x - middle) ** 2));
  return Math.sqrt(squares / (numbers.length - 1) / numbers.length);
}

/** The largest number, of however many: spread into `Math.max` they would overflow the stack. */
export function max(numbers: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < numbers.length; i++) most = Math.max(most, numbers[i]);
  return most;
}

/** The smallest number, of however many. */
export function min(numbers: ArrayLike<number>): number {
  let least = Infinity;
  for (let i = 0; i < numbers.length; i++) least = Math.min(least, numbers[i]);
  return least;
}

/** How far the largest number is from the smallest. */
export function range(numbers: ArrayLike<number>): number {
  return max(numbers) - min(numbers);
}

/** The middle one; of an even number, halfway between the two. */
export function median(values: readonly number[]): number {
  const [sorted, half] = [values.toSorted((a, b) => a - b), values.length / 2];
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/** The mean of each column of [rows, width], in 64 bits: [width]. */
export function columnMeans({ data, shape: [rows, width] }: Tensor): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < data.length; at += width) {
    for (let i = 0; i < width; i++) sums[i] += data[at + i];
  }
  return sums.map((each) => each / rows);
}

/** What is left of the rows of [rows, width] once one row, their mean unless told, is taken off. */
export function centre(x: Tensor, middle: ArrayLike<number> = columnMeans(x)): Tensor {
  return x.map((value, i) => value - middle[i % x.shape[1]]);
}
