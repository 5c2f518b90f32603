import type { Shape } from "./shapes.ts";

/** The element types that our graphs use. */
export type DType = "float32" | "int64" | "bool";

/** The result of a node, an input or a constant: a name, an element type and a shape. */
export interface Value {
  name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** What an ONNX attribute may hold here: an integer, a float marked as such, integers, or a word. */
export type Attribute = number | { readonly float: number } | readonly number[] | string;

/** One operation. Its fields follow ONNX's NodeProto. */
export interface Node {
  readonly type: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor stored in the graph itself. */
export interface Initializer {
  readonly value: Value;
  readonly data: Float32Array | BigInt64Array;
}
