/** Shaped arrays, seeded random numbers, small linear algebra. */
export { maxAbs, maxDifference, relativeChange, reorderPositions, takeRows } from "./compare.ts";
export { leastSquares } from "./least_squares.ts";
export { Random } from "./random.ts";
export { type Decomposed, singularValues, svd } from "./svd.ts";
export { type Nested, sizeOf, Tensor } from "./tensor.ts";
