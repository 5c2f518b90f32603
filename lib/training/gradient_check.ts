import { assert } from "@std/assert";
import { Graph, type Value } from "../onnx/graph.ts";
import { type Feed, GraphSession } from "../runtime/engine.ts";
import { Random } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { gradients } from "./autodiff.ts";

/** An operation twice: as a graph, and in plain 64-bit arithmetic. For tests. */
export interface GradientCase {
  readonly inputs: readonly Tensor[];
  readonly build: (g: Graph, ...inputs: Value[]) => Value;
  readonly plain: (...inputs: Float64Array[]) => ArrayLike<number>;
}

/**
 * The step of the central differences. In 64 bits their own error is about h^2 times the third
 * derivative, 1e-8 for numbers of size 1, and 1e-16 / h from rounding: both far below the bound.
 */
const STEP = 1e-4;

/**
 * Graphs compute in 32 bits: each of a handful of operations errs by 6e-8 of numbers up to about
 * 10 in size, and up to a dozen of them are summed.
 */
const BOUND = 1e-5;

/** Compares the gradients of a weighted sum of an operation's output with central differences. */
export async function checkGradients({ inputs, build, plain }: GradientCase): Promise<void> {
  const wide = inputs.map(({ data }) => Float64Array.from(data));
  const size = plain(...wide).length;
  // Unequal weights: the gradient of a plain sum cannot tell one element from another.
  const weights = new Random("gradient weights").normalTensor([size]);
  const found = await graphGradients(inputs, build, weights);
  inputs.forEach((_, which) => {
    wide[which].forEach((_, i) => {
      const at = (shift: number) => {
        const moved = wide.map((data, k) => k === which ? data.with(i, data[i] + shift) : data);
        return Array.from(plain(...moved)).reduce((sum, y, k) => sum + y * weights.data[k], 0);
      };
      const expected = (at(STEP) - at(-STEP)) / (2 * STEP);
      const actual = found[which].data[i];
      const close = Math.abs(actual - expected) <= BOUND * Math.max(1, Math.abs(expected));
      assert(close, `input ${which}, element ${i}: gradient must be ${expected}, got ${actual}`);
    });
  });
}

async function graphGradients(
  inputs: readonly Tensor[],
  build: GradientCase["build"],
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
