/** Shaped arrays and seeded random numbers. */
export { maxAbs, maxDifference, reorderPositions } from "./compare.ts";
export { Random } from "./random.ts";
export { type Nested, sizeOf, Tensor } from "./tensor.ts";
