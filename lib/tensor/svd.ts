import { SingularValueDecomposition } from "ml-matrix";
import { maxAbs } from "./compare.ts";
import { type Matrix, matrixOf, tensorOf } from "./matrix.ts";
import type { Tensor } from "./tensor.ts";

/** The directions that a matrix keeps apart, x = U diag(S) V^T, but for U: that is x V over S. */
export interface Decomposed {
  /**
   * The singular values, none below 0, largest first, as many as the lesser of rows and columns,
   * [rank]; not rounded to 32 bits.
   */
  readonly S: readonly number[];
  /** Orthonormal columns, [columns, rank], rounded to 32 bits. */
  readonly V: Tensor;
}

/**
 * The singular value decomposition, worked out in 64 bits.
 *
 * @throws {RangeError} If it is no matrix, is empty, or holds a number that is not finite.
 */
export function svd(x: Tensor): Decomposed {
  const done = decompose(x, true);
  const rank = Math.min(...x.shape);
  return { S: done.diagonal.slice(0, rank), V: tensorOf(done.rightSingularVectors, rank) };
}

/**
 * The singular values alone, largest first, as many as the lesser of rows and columns: how far a
 * matrix stretches the directions that it keeps apart.
 *
 * @throws {RangeError} If it is no matrix, is empty, or holds a number that is not finite.
 */
export function singularValues(x: Tensor): number[] {
  return decompose(x, false).diagonal.slice(0, Math.min(...x.shape));
}

function decompose(x: Tensor, computeRightSingularVectors: boolean): SingularValueDecomposition {
  const finite = x.data.every(Number.isFinite); // a NaN would keep the iterations going for ever
  if (x.shape.length !== 2 || x.size === 0 || !finite) {
    const required = "finite numbers in rows and columns are required";
    const given = finite ? `shape [${x.shape}]` : "one that is not finite";
    throw new RangeError(`Cannot decompose a tensor: ${required}, got ${given}`);
  }
  return new SingularValueDecomposition(withRoom(x), {
    autoTranspose: true,
    computeLeftSingularVectors: false,
    computeRightSingularVectors,
  });
}

/** How often rounding may be left of rounding, 2^-52 of it, before numbers end at 2^-1074. */
const STEPS = Math.floor(1074 / 52);

/**
 * The same numbers, and where the matrix is large a diagonal as small as rounding. Of a low rank
 * each step would leave nothing but the rounding of the step before, until there are no numbers so
 * small: then the iterations go on for ever (mljs/matrix, issue 70).
 */
function withRoom(x: Tensor): Matrix {
  const [matrix, least] = [matrixOf(x), Math.min(...x.shape)];
  if (least <= STEPS) return matrix;
  const small = maxAbs(x) * 2 ** -50;
  for (let i = 0; i < least; i++) matrix.set(i, i, matrix.get(i, i) + small);
  return matrix;
}
