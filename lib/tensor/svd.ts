import { SingularValueDecomposition } from "ml-matrix";
import { matrixOf, tensorOf } from "./matrix.ts";
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
  return new SingularValueDecomposition(matrixOf(x), {
    autoTranspose: true,
    computeLeftSingularVectors: false,
    computeRightSingularVectors,
  });
}
