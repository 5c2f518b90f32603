import { leastSquares } from "../../tensor/least_squares.ts";
import { Random } from "../../tensor/random.ts";
import { singularValues } from "../../tensor/svd.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What is left when a matrix is written as a product of two narrow ones, as evidence. */
export type BestPair = {
  /** The singular values of the matrix, largest first. */
  readonly values: readonly number[];
  /** By the width of the pair, from 0: the size of what the best one misses, relative to the whole. */
  readonly missed: readonly number[];
};

/**
 * How near W_Q W_K^T can come to a matrix for each width d_head of the two: the best there is comes
 * from the singular value decomposition (Eckart and Young, 1936), so no other pair does better.
 *
 * @param W [rows, columns].
 */
export function bestPairs(W: Tensor): BestPair {
  const S = singularValues(W);
  const squares = S.map((value) => value ** 2);
  const whole = squares.reduce((sum, x) => sum + x, 0);
  const rest = (width: number) => squares.slice(width).reduce((sum, x) => sum + x, 0);
  const missed = [...S, 0].map((_, width) => Math.sqrt(rest(width) / whole));
  return { values: S, missed };
}

/**
 * The same by another road: a random pair A B^T, improved a side at a time by least squares. No
 * decomposition is used, so it can be seen not to do better than {@linkcode bestPairs} says.
 *
 * @param width Columns of A and of B.
 * @param rounds How often both sides are improved; 0 leaves the pair as it was drawn.
 * @returns What it misses in the end, relative to the whole.
 */
export function fitPair(W: Tensor, width: number, rounds = 100, seed = "pair"): number {
  const transposed = W.transpose(1, 0);
  const random = new Random(seed);
  let A = random.normalTensor([W.shape[0], width]);
  let B = random.normalTensor([width, W.shape[1]]);
  for (let round = 0; round < rounds; round++) {
    B = leastSquares(A, W);
    A = leastSquares(B.transpose(1, 0), transposed).transpose(1, 0);
  }
  const product = (row: number, column: number) =>
    A.get(row).data.reduce((sum, value, k) => sum + value * B.at(k, column), 0);
  const squares = (read: (x: number, i: number) => number) =>
    W.data.reduce((sum, x, i) => sum + read(x, i) ** 2, 0);
  const columns = W.shape[1];
  const rest = squares((x, i) => x - product(Math.floor(i / columns), i % columns));
  return Math.sqrt(rest / squares((x) => x));
}
