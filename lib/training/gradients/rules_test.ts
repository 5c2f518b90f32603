/** Every rule against central differences of the same operation in plain 64-bit arithmetic. */
import "../../runtime/testing/start.ts";
import { assertEquals } from "@std/assert";
import type { Graph } from "../../onnx/mod.ts";
import { Random, sum } from "../../tensor/mod.ts";
import { erf, softmax as softmaxOf } from "../../model/reference/maths.ts";
import type { Value } from "../../onnx/graph.ts";
import { RULES } from "./rules.ts";
import { checkGradients, type GradientCase } from "../testing/operation_gradients.ts";

/** 0, 1, ... n - 1. */
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
/** Rows of `width` numbers, each changed by `f`. */
const rows = (x: Float64Array, width: number, f: (row: number[]) => number[]) =>
  range(x.length / width).flatMap((r) => f([...x.subarray(r * width, (r + 1) * width)]));
/** Shares that sum to one. */
const softmax = (row: number[]) => [...softmaxOf(Float64Array.from(row))];
/** The matrix product of [m, inner] and [inner, n]. */
const product = (a: Float64Array, b: Float64Array, m: number, inner: number, n: number) =>
  range(m).flatMap((i) =>
    range(n).map((j) => sum(range(inner).map((k) => a[i * inner + k] * b[k * n + j])))
  );

/** A matrix of rows of `width` numbers, transposed. */
const columns = (x: Float64Array, width: number) => {
  const height = x.length / width;
  return x.map((_, i) => x[i % height * width + Math.floor(i / height)]);
};

const random = new Random("gradients");
const normal = (...shape: number[]) => random.normalTensor(shape);
/** Away from zero, for divisors, roots and kinks: between 0.5 and 2.5. */
const positive = (...shape: number[]) => normal(...shape).map((x) => 0.5 + 2 / (1 + Math.exp(-x)));
/** Away from zero on both sides. */
const signed = (...shape: number[]) => positive(...shape).map((x, i) => i % 2 ? x : -x);

const unary = (
  type: string,
  f: (x: number) => number,
  x = normal(2, 3),
): GradientCase => [[x], (g, x) => g.unary(type, x), (x) => x.map(f)];
/** [2, 3] and [3], in both orders: the second is repeated for each row of the first. */
const pair = (
  op: (g: Graph, a: Value, b: Value) => Value,
  f: (a: number, b: number) => number,
  b = normal(3),
): GradientCase => [[normal(2, 3), b], op, (a, b) => a.map((x, i) => f(x, b[i % 3]))];

const CASES: Record<string, Record<string, GradientCase>> = {
  Add: {
    "a row added to every row": pair((g, a, b) => g.add(a, b), (a, b) => a + b),
    "a column added to a row": [
      [normal(2, 1), normal(1, 3)],
      (g, a, b) => g.add(a, b),
      (a, b) => range(6).map((i) => a[Math.floor(i / 3)] + b[i % 3]),
    ],
    "a value added to itself": [[normal(4)], (g, x) => g.add(x, x), (x) => x.map((v) => 2 * v)],
  },
  Sub: {
    "a row taken from every row": pair((g, a, b) => g.sub(a, b), (a, b) => a - b),
    "every row taken from a row": pair((g, a, b) => g.sub(b, a), (a, b) => b - a),
  },
  Mul: {
    "every row times a row": pair((g, a, b) => g.mul(a, b), (a, b) => a * b),
    "a square": [[normal(5)], (g, x) => g.mul(x, x), (x) => x.map((v) => v * v)],
    "a cube: used in two places": [
      [normal(5)],
      (g, x) => g.mul(g.mul(x, x), x),
      (x) => x.map((v) => v ** 3),
    ],
    "times a scalar that is learned": [
      [normal(2, 3), normal()],
      (g, x, s) => g.mul(x, s),
      (x, s) => x.map((v) => v * s[0]),
    ],
  },
  Div: {
    "every row by a row": pair((g, a, b) => g.div(a, b), (a, b) => a / b, positive(3)),
    "by a column": [
      [normal(2, 3), positive(2, 1)],
      (g, a, b) => g.div(a, b),
      (a, b) => a.map((x, i) => x / b[Math.floor(i / 3)]),
    ],
  },
  Where: {
    "each side where it was chosen": [
      [normal(2, 3), normal(3)],
      (g, a, b) => g.where(g.equal(g.integers([0, 1, 0]), g.integers(1)), a, b),
      (a, b) => a.map((x, i) => i % 3 === 1 ? x : b[i % 3]),
    ],
    "a mask of minus infinity under a softmax": [[normal(2, 3)], (g, x) => {
      const allowed = g.lessOrEqual(g.integers([0, 1, 2]), g.integers(1));
      return g.softmax(g.where(allowed, x, -Infinity));
    }, (x) => rows(x, 3, (row) => [...softmax(row.slice(0, 2)), 0])],
  },
  Neg: { "of any number": unary("Neg", (x) => -x) },
  Sqrt: { "above zero": unary("Sqrt", Math.sqrt, positive(6)) },
  Relu: { "on both sides of zero": unary("Relu", (x) => Math.max(0, x), signed(6)) },
  Tanh: { "of any number": unary("Tanh", Math.tanh) },
  Sigmoid: { "of any number": unary("Sigmoid", (x) => 1 / (1 + Math.exp(-x))) },
  Erf: { "of any number": unary("Erf", erf) },
  Identity: { "passes on": unary("Identity", (x) => x) },
  MatMul: {
    "one matrix for every row": [
      [normal(2, 3, 4), normal(4, 5)],
      (g, a, b) => g.matmul(a, b),
      (a, b) => product(a, b, 6, 4, 5),
    ],
    "a matrix for each of a batch": [
      [normal(2, 3, 4), normal(2, 4, 5)],
      (g, a, b) => g.matmul(a, b),
      (a, b) => range(2).flatMap((i) => product(a.subarray(12 * i), b.subarray(20 * i), 3, 4, 5)),
    ],
    "a batch of matrices shared by a larger batch": [
      [normal(2, 2, 3, 4), normal(2, 4, 5)],
      (g, a, b) => g.matmul(a, b),
      (a, b) =>
        range(4).flatMap((i) => product(a.subarray(12 * i), b.subarray(20 * (i % 2)), 3, 4, 5)),
    ],
  },
  Gemm: {
    "rows by a matrix that lies transposed": [
      [normal(2, 3, 4), normal(5, 4)],
      (g, a, b) => g.matmulTransposed(a, b),
      (a, b) => product(a, columns(b, 4), 6, 4, 5),
    ],
  },
  ReduceSum: {
    "over the last axis": [
      [normal(2, 3)],
      (g, x) => g.sum(x, [-1]),
      (x) => rows(x, 3, (row) => [sum(row)]),
    ],
    "over the last axis, kept": [
      [normal(2, 3)],
      (g, x) => g.mul(g.sum(x, [-1], true), x),
      (x) => rows(x, 3, (row) => row.map((v) => v * sum(row))),
    ],
    "over the first axis": [
      [normal(2, 3)],
      (g, x) => g.sum(x, [0]),
      (x) => range(3).map((i) => x[i] + x[i + 3]),
    ],
  },
  ReduceMean: {
    "over the last axis, taken from its row": [
      [normal(2, 3)],
      (g, x) => g.sub(x, g.mean(x, [-1], true)),
      (x) => rows(x, 3, (row) => row.map((v) => v - sum(row) / 3)),
    ],
    "over everything": [[normal(2, 3)], (g, x) => g.mean(x, [0, 1]), (x) => [sum([...x]) / 6]],
  },
  Softmax: {
    "of each row": [[normal(2, 3)], (g, x) => g.softmax(x), (x) => rows(x, 3, softmax)],
  },
  LogSoftmax: {
    "of each row": [
      [normal(2, 3)],
      (g, x) => g.logSoftmax(x),
      (x) => rows(x, 3, (row) => softmax(row).map(Math.log)),
    ],
  },
  Transpose: {
    "three axes turned round": [
      [normal(2, 3, 4)],
      (g, x) => g.transpose(x, 2, 0, 1),
      (x) => range(24).map((i) => x[i % 6 * 4 + Math.floor(i / 6)]),
    ],
  },
  Reshape: {
    "to another shape": [[normal(2, 6)], (g, x) => g.reshape(x, 0, 2, -1), (x) => x],
  },
  Unsqueeze: {
    "an axis of length one": [[normal(2, 3)], (g, x) => g.unsqueeze(x, 1), (x) => x],
  },
  Expand: {
    "a row for every row": [
      [normal(3), normal(2, 3)],
      (g, x, like) => g.mul(g.expandLike(x, like), like),
      (x, like) => like.map((y, i) => x[i % 3] * y),
    ],
  },
  Concat: {
    "side by side": [
      [normal(2, 1), normal(2, 3)],
      (g, a, b) => g.concat([a, b], -1),
      (a, b) => range(2).flatMap((r) => [a[r], ...b.subarray(3 * r, 3 * r + 3)]),
    ],
  },
  Slice: {
    "from the middle": [
      [normal(2, 5)],
      (g, x) => g.slice(x, -1, 1, 4),
      (x) => rows(x, 5, (row) => row.slice(1, 4)),
    ],
    "both halves, exchanged": [
      [normal(2, 4)],
      (g, x) => g.concat([g.slice(x, 1, 2, 4), g.slice(x, 1, 0, 2)], 1),
      (x) => rows(x, 4, ([a, b, c, d]) => [c, d, a, b]),
    ],
  },
  Gather: {
    "rows of a table, one of them twice and one never": [
      [normal(4, 3)],
      (g, table) => g.gather(table, g.integers([2, 0, 2])),
      (table) => [2, 0, 2].flatMap((row) => [...table.subarray(3 * row, 3 * row + 3)]),
    ],
  },
  GatherElements: {
    "one number of each row": [[normal(2, 3)], (g, x) => {
      const index = g.unsqueeze(g.integers([2, 0]), 1);
      return g.op("GatherElements", [x, index], [2, 1], { axis: 1 });
    }, (x) => [x[2], x[3]]],
  },
};

Deno.test("every rule of differentiation has a case of its own", () => {
  assertEquals(Object.keys(CASES).sort(), Object.keys(RULES).sort());
});

for (const [type, cases] of Object.entries(CASES)) {
  for (const [what, check] of Object.entries(cases)) {
    Deno.test(`${type} passes gradients back: ${what}`, () => checkGradients(check));
  }
}
