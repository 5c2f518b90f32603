import { Matrix } from "ml-matrix";
import { Tensor } from "./tensor.ts";

/** A matrix of 64-bit numbers, for what would lose too much in 32. */
export { Matrix };

/** The same numbers, [rows, columns], in 64 bits. */
export function matrixOf({ data, shape: [rows, columns] }: Tensor): Matrix {
  return Matrix.from1DArray(rows, columns, data);
}

/** The first columns of a matrix, all unless told, rounded to 32 bits: [rows, columns]. */
export function tensorOf(matrix: Matrix, columns: number = matrix.columns): Tensor {
  const data = new Float32Array(matrix.rows * columns);
  for (let i = 0; i < data.length; i++) {
    data[i] = matrix.get(Math.floor(i / columns), i % columns);
  }
  return new Tensor(data, [matrix.rows, columns]);
}
