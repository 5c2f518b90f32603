import type { Graph, Value } from "../../onnx/graph.ts";

/** Some heads of x [batch, pos, heads, width], in the order that is told. */
export function pickHeads(g: Graph, x: Value, heads: readonly number[]): Value {
  const parts = heads.map((head) => g.slice(x, 2, head, head + 1)); // each [batch, pos, 1, width]
  return parts.length === 1 ? parts[0] : g.concat(parts, 2);
}
