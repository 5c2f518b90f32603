/** ONNX graphs: built node by node, written as a ModelProto, read back. */
export { decode, type ModelSummary } from "./decode.ts";
export { encode } from "./encode.ts";
export {
  type Attribute,
  type DType,
  Graph,
  type Initializer,
  type Node,
  type Operand,
  type Value,
} from "./graph.ts";
export { GraphBase } from "./graph_base.ts";
export type { Dim, Shape } from "./shapes.ts";
