import type { GraphBase } from "../../onnx/graph_base.ts";
import type { Node } from "../../onnx/node.ts";

/** Operations that only move, add or average what they read. */
const LINEAR: ReadonlySet<string> = new Set([
  "Add",
  "Sub",
  "Neg",
  "Concat",
  "Expand",
  "Identity",
  "ReduceMean",
  "ReduceSum",
  "Reshape",
  "Slice",
  "Transpose",
  "Unsqueeze",
]);

/** Operations that are linear in each of two things that they read. */
const PRODUCTS: ReadonlySet<string> = new Set(["Mul", "MatMul", "Gemm"]);

/**
 * How many operations of a graph are not linear in what they read of the tokens, by their types.
 * A product with a weight or a mask is linear; a product of two things that both come from the
 * tokens is not, nor is the lookup of an embedding or any function that is not known to be linear.
 * Shapes, and positions that are counted up from them, do not come from the tokens.
 *
 * @param graph With an input `tokens`.
 */
export function nonlinearOperations(
  graph: Pick<GraphBase, "nodes" | "inputs">,
): Record<string, number> {
  const fromTokens = new Set(graph.inputs.filter(({ name }) => name === "tokens"));
  const counts: Record<string, number> = {};
  for (const node of graph.nodes) {
    const read = node.inputs.map((value) => fromTokens.has(value));
    if (node.type === "Shape" || !read.includes(true)) continue;
    fromTokens.add(node.output);
    if (!isLinear(node, read)) counts[node.type] = (counts[node.type] ?? 0) + 1;
  }
  return counts;
}

/** @param read Which of its inputs come from the tokens. */
function isLinear({ type }: Node, read: readonly boolean[]): boolean {
  if (PRODUCTS.has(type)) return read.filter(Boolean).length < 2;
  if (type === "Div" || type === "Gather") return !read[1]; // divisor, index
  if (type === "Where") return !read[0]; // condition
  return LINEAR.has(type);
}
