import { dot, leastSquares, Random, singularValues, sum, type Tensor } from "../../tensor/mod.ts";

/** What is left when a matrix is written as a product of two narrow ones, as evidence. */
export type LowRank = {
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
export function lowRankError(W: Tensor): LowRank {
  const values = singularValues(W);
  const squares = values.map((value) => value ** 2);
  const missed = [...squares, 0]
    .map((_, width) => Math.sqrt(sum(squares.slice(width)) / sum(squares)));
  return { values, missed };
}

/**
 * The same by another road: a random pair A B^T, improved a side at a time by least squares. No
 * decomposition is used, so it can be seen not to do better than {@linkcode lowRankError} says.
 *
 * @param width Columns of A and of B.
 * @param rounds How often both sides are improved; 0 leaves the pair as it was drawn.
 * @returns What it misses in the end, relative to the whole.
 */
export function fitLowRank(W: Tensor, width: number, rounds = 100): number {
  const random = new Random("pair");
  let A = random.normalTensor([W.shape[0], width]);
  let B = random.normalTensor([width, W.shape[1]]).transpose(1, 0); // [columns, width]
  for (let round = 0; round < rounds; round++) {
    B = leastSquares(A, W).transpose(1, 0);
    A = leastSquares(B, W.transpose(1, 0)).transpose(1, 0);
  }
  const columns = W.shape[1];
  const product = (i: number) => dot(A.get(Math.floor(i / columns)).data, B.get(i % columns).data);
  const rest = W.data.reduce((total, x, i) => total + (x - product(i)) ** 2, 0);
  return Math.sqrt(rest / dot(W.data, W.data));
}
