import { sizeOf } from "../../tensor/mod.ts";
import type { Value } from "../../onnx/graph.ts";
import { fromFront } from "../../onnx/shapes.ts";
import { type Backward, dims, integersOf, reshapeTo, type Rule, sumTo } from "./rule.ts";

/** Rules of matrix products, of sums along axes, and of what is made of them. */
export const LINEAR: Readonly<Record<string, Rule>> = {
  MatMul: (node) => node.inputs[1].shape.length === 2 ? matrix(node) : batched(node),
  Gemm: transposed,
  ReduceSum: (node) => [() => kept(node)],
  ReduceMean: (node) => {
    const count = sizeOf(dims(node.inputs[0])) / sizeOf(dims(node.output));
    return [() => node.g.div(kept(node), count)];
  },
  Softmax: softmax,
  LogSoftmax: logSoftmax,
};

/** One matrix for all rows: the rows are laid out flat, so that each gradient is one product. */
function matrix({ g, inputs: [a, b], grad }: Backward): (() => Value)[] {
  const [inner, width] = dims(b);
  const rows = sizeOf(dims(a)) / inner;
  const flat = reshapeTo(g, grad, [rows, width]);
  return [
    () => reshapeTo(g, g.op("Gemm", [flat, b], [rows, inner], { transB: 1 }), dims(a)),
    () => g.op("Gemm", [reshapeTo(g, a, [rows, inner]), flat], [inner, width], { transA: 1 }),
  ];
}

/** Rows by a matrix that lies transposed, [n, k], the one Gemm that graphs are built of. */
function transposed({ g, inputs: [a, b], attributes, grad }: Backward): ReturnType<Rule> {
  if (attributes.transA || !attributes.transB) return [];
  return [
    () => g.matmul(grad, b),
    () => g.op("Gemm", [grad, a], dims(b), { transA: 1 }),
  ];
}

function batched({ g, inputs: [a, b], grad }: Backward): (() => Value)[] {
  return [
    () => sumTo(g, g.matmul(grad, flipped(b)), dims(a)),
    () => sumTo(g, g.matmul(flipped(a), grad), dims(b)),
  ];

  function flipped(x: Value): Value {
    const axes = x.shape.map((_, axis) => axis);
    return g.transpose(x, ...axes.slice(0, -2), axes.length - 1, axes.length - 2);
  }
}

/** The gradient of a sum is the same for every term: it keeps 1 along the axes summed over. */
function kept({ g, inputs: [x, axes], attributes, grad }: Backward): Value {
  if (attributes.keepdims) return grad;
  const summed = axes ? integersOf(g, axes) : attributes.axes as number[];
  const gone = new Set(summed.map((axis) => fromFront(axis, x.shape.length)));
  return reshapeTo(g, grad, dims(x).map((dim, axis) => gone.has(axis) ? 1 : dim));
}

/** Each weight's share of the change, less what goes to keeping the sum of the weights at 1. */
function softmax({ g, output, grad }: Backward): (() => Value)[] {
  const change = () => g.sub(grad, g.sum(g.mul(grad, output), [-1], true));
  return [() => g.mul(output, change())];
}

function logSoftmax({ g, output, grad }: Backward): (() => Value)[] {
  const share = () => g.mul(g.unary("Exp", output), g.sum(grad, [-1], true));
  return [() => g.sub(grad, share())];
}
