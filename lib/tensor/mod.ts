/**
 * Shaped arrays, seeded random numbers, statistics, small linear algebra.
 *
 * ```ts
 * import { mean, Random, singularValues, Tensor } from "./mod.ts";
 *
 * const x = Tensor.from([[3, 0], [0, 4]]);
 * const [largest] = singularValues(x); // 4
 * const noise = new Random("a seed").normalTensor(x.shape); // the same numbers everywhere
 * console.log(largest, mean(noise.data));
 * ```
 *
 * @module
 */
export { add, dot, product } from "./arithmetic.ts";
export { maxAbs, maxDifference, relativeChange } from "./compare.ts";
export { leastSquares } from "./least_squares.ts";
export { Random } from "./random.ts";
export { evenRows, reorderRows, stack, takeColumns, takeRows } from "./rows.ts";
export {
  centre,
  columnMeans,
  max,
  mean,
  meanOverRows,
  median,
  min,
  range,
  standardError,
  sum,
} from "./statistics.ts";
export { type Decomposed, singularValues, svd } from "./svd.ts";
export { type Nested, sizeOf, Tensor } from "./tensor.ts";
