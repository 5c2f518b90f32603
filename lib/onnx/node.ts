import type { Shape } from "./shapes.ts";

/** The element types that our graphs use. */
export type DType = "float32" | "int64" | "bool";

/** The result of a node, an input or a constant: a name, an element type and a shape. */
export interface Value {
  /** Unique in its graph; the name by which a run feeds or fetches it. */
  name: string;
  /** What its elements are. */
  readonly dtype: DType;
  /** Its axes, counted or named. */
  readonly shape: Shape;
}

/** What an ONNX attribute may hold here: an integer, integers, or a word. */
export type Attribute = number | readonly number[] | string;

/** One operation. Its fields follow ONNX's NodeProto. */
export interface Node {
  /** The operator, such as "MatMul". */
  readonly type: string;
  /** What it reads, in the operator's order. */
  readonly inputs: readonly Value[];
  /** What it makes. */
  readonly output: Value;
  /** The operator's settings. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor stored in the graph itself. */
export interface Initializer {
  /** Its name and shape. */
  readonly value: Value;
  /** Its numbers, in row-major order. */
  readonly data: Float32Array | BigInt64Array;
}
