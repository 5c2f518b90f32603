/**
 * ONNX graphs: built node by node, with every shape worked out on the way, and written as the bytes
 * that a runtime reads.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encode, Graph } from "./mod.ts";
 *
 * const g = new Graph();
 * const x = g.input("x", "float32", ["pos", 3]);
 * const y = g.name(g.softmax(g.mul(x, 2)), "y");
 * assertEquals(y.shape, ["pos", 3]);
 * const bytes = encode(g, ["y"]); // a ModelProto
 * assertEquals(bytes.length > 0, true);
 * ```
 *
 * @module
 */
export type { Nested, Tensor } from "../tensor/tensor.ts";
export { type About, encode, type EncodeOptions } from "./encode.ts";
export { Graph, type Operand } from "./graph.ts";
export { GraphBase } from "./graph_base.ts";
export type { Attribute, DType, Initializer, Node, Value } from "./node.ts";
export type { Dim, Shape } from "./shapes.ts";
