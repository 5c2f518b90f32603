import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { Tensor } from "./tensor.ts";

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
  const done = new SingularValueDecomposition(matrixOf(x), {
    autoTranspose: true,
    computeLeftSingularVectors: false,
  });
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
  const done = new SingularValueDecomposition(matrixOf(x), {
    autoTranspose: true,
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return done.diagonal.slice(0, Math.min(...x.shape));
}

function matrixOf(x: Tensor): Matrix {
  const finite = x.data.every(Number.isFinite); // a NaN would keep the iterations going for ever
  if (x.shape.length === 2 && x.size > 0 && finite) {
    return Matrix.from1DArray(x.shape[0], x.shape[1], x.data);
  }
  const given = finite ? `shape [${x.shape}]` : "one that is not finite";
  throw new RangeError(
    `Cannot decompose a tensor: finite numbers in rows and columns are required, got ${given}`,
  );
}

/** The first columns; of a wide or tall matrix there may be more than there are singular values. */
function tensorOf(matrix: Matrix, columns: number): Tensor {
  const data = new Float32Array(matrix.rows * columns);
  for (let i = 0; i < data.length; i++) {
    data[i] = matrix.get(Math.floor(i / columns), i % columns);
  }
  return new Tensor(data, [matrix.rows, columns]);
}
