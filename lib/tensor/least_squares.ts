import { CholeskyDecomposition } from "ml-matrix";
import { product64 } from "./arithmetic.ts";
import { Matrix, tensorOf } from "./matrix.ts";
import { min, sum } from "./statistics.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The coefficients B that make X B come closest to Y: they minimise |X B - Y|^2 + ridge |B|^2.
 *
 * There is no intercept: give X a column of ones, or take the means off first, which keeps the
 * ridge from pulling the intercept towards zero. Worked out in 64 bits from the normal equations
 * (X^T X + ridge I) B = X^T Y, so that many rows cost little; nearly dependent columns lose twice
 * as many digits as they would otherwise, or need a ridge.
 *
 * @param x One observation a row, [rows, inputs].
 * @param y What each is to give, [rows, outputs].
 * @param ridge What a squared coefficient costs, in units of X squared; 0 is plain least squares.
 * @returns B, [inputs, outputs].
 * @throws {RangeError} If the shapes do not fit, or the columns are dependent and the ridge is 0.
 */
export function leastSquares(x: Tensor, y: Tensor, ridge = 0): Tensor {
  requireFit(x, y, ridge);
  const gram = products(x, x); // [inputs, inputs]
  const trace = sum(gram.diagonal());
  for (let i = 0; i < gram.rows; i++) gram.set(i, i, gram.get(i, i) + ridge);
  const factor = new CholeskyDecomposition(gram);
  // Rounding leaves a dependent column about 1e-16 of the whole, of either sign.
  const least = min(factor.lowerTriangularMatrix.diagonal()) ** 2;
  if (!factor.isPositiveDefinite() || !(least > 1e-13 * trace)) {
    throw new RangeError(
      `Cannot fit: independent columns or a larger ridge are required, got ridge ${ridge}`,
    );
  }
  return tensorOf(factor.solve(products(x, y)));
}

/** X^T Y in 64 bits. */
function products(x: Tensor, y: Tensor): Matrix {
  return Matrix.from1DArray(x.shape[1], y.shape[1], product64(x.transpose(1, 0), y));
}

function requireFit(x: Tensor, y: Tensor, ridge: number): void {
  const required = "X [rows, inputs], Y [rows, outputs] and a ridge of at least 0 are required";
  const fits = x.shape.length === 2 && y.shape.length === 2 && x.shape[0] === y.shape[0] &&
    x.size > 0 && y.size > 0 && ridge >= 0 && Number.isFinite(ridge);
  if (fits) return;
  throw new RangeError(
    `Cannot fit: ${required}, got X [${x.shape}], Y [${y.shape}] and ridge ${ridge}`,
  );
}
