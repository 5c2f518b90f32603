/** For tests: the gradients of single operations against central differences in 64 bits. */
import { assertAlmostEquals } from "@std/assert";
import { Graph } from "../../onnx/mod.ts";
import { type Feed, GraphSession } from "../../runtime/mod.ts";
import { Random, type Tensor } from "../../tensor/mod.ts";
import type { Value } from "../../onnx/graph.ts";
import { gradients } from "../gradients/autodiff.ts";

/** An operation twice: as a graph, and in plain 64-bit arithmetic. */
export type GradientCase = readonly [
  inputs: readonly Tensor[],
  build: (g: Graph, ...inputs: Value[]) => Value,
  plain: (...inputs: Float64Array[]) => ArrayLike<number>,
];

/**
 * The step of the central differences. In 64 bits they err by its square times a sixth of the third
 * derivative, 1e-8 for derivatives of 6, and by 1e-16 / step from rounding: far below the bound.
 */
const STEP = 1e-4;

/**
 * How far a gradient may be from the slope, in shares of the slope, or of 1 where it is smaller.
 * Graphs compute in 32 bits: a handful of operations, each rounded by 6e-8 of numbers up to about
 * 3, err by some 3e-7. In four draws of all inputs the worst came to 3.3e-7.
 */
const BOUND = 2e-6;

/** Asserts that the gradients of a weighted sum of an operation's output are its slopes. */
export async function checkGradients([inputs, build, plain]: GradientCase): Promise<void> {
  const wide = inputs.map(({ data }) => Float64Array.from(data));
  // Unequal weights: the gradient of a plain sum cannot tell one element from another.
  const weights = new Random("gradient weights").normalTensor([plain(...wide).length]);
  const found = await graphGradients(inputs, build, weights);
  const lossAt = (which: number, i: number, shift: number) => {
    const moved = wide.map((data, k) => k === which ? data.with(i, data[i] + shift) : data);
    return Array.from(plain(...moved)).reduce((sum, y, k) => sum + y * weights.data[k], 0);
  };
  found.forEach(({ data }, which) =>
    data.forEach((gradient, i) => {
      const slope = (lossAt(which, i, STEP) - lossAt(which, i, -STEP)) / (2 * STEP);
      const tolerance = BOUND * Math.max(1, Math.abs(slope));
      const what = `the gradient of element ${i} of input ${which} must be its slope`;
      assertAlmostEquals(gradient, slope, tolerance, what);
    })
  );
}

async function graphGradients(
  inputs: readonly Tensor[],
  build: GradientCase[1],
  weights: Tensor,
): Promise<Tensor[]> {
  const g = new Graph();
  const values = inputs.map(({ shape }, i) => g.input(`x${i}`, "float32", shape));
  const flat = g.reshape(build(g, ...values), -1);
  const loss = g.sum(g.mul(flat, g.constant(weights)), [0]);
  gradients(g, loss, values).forEach((value, i) => g.name(value, `gradient${i}`));
  const names = inputs.map((_, i) => `gradient${i}`);
  const session = await GraphSession.open(g, names);
  try {
    const feeds = Object.fromEntries(inputs.map((input, i) => [`x${i}`, input as Feed]));
    const found = await session.run(feeds);
    return names.map((name) => found[name]);
  } finally {
    await session.release();
  }
}
