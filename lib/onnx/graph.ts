import { sizeOf, type Tensor } from "../tensor/tensor.ts";
import {
  broadcast,
  concatShape,
  type Dim,
  fromFront,
  matmulShape,
  reducedShape,
  reshapedShape,
  type Shape,
} from "./shapes.ts";

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

/** A {@linkcode Value}, or a plain number that becomes a constant. */
export type Operand = Value | number;

/**
 * A graph under construction: each method adds one ONNX operation (opset 17) and returns its
 * result with the shape worked out, so that a mistake in a shape fails where it is made.
 *
 * @example
 * ```ts
 * const g = new Graph();
 * const x = g.input("x", "float32", ["pos", 3]);
 * g.name(g.softmax(g.mul(x, 2)), "y"); // [pos, 3]
 * ```
 */
export class Graph {
  readonly inputs: Value[] = [];
  readonly initializers: Initializer[] = [];
  readonly nodes: Node[] = [];
  readonly #named = new Map<string, Value>();
  readonly #constants = new Map<string, Value>();

  /** An input that each run must feed. */
  input(name: string, dtype: DType, shape: Shape): Value {
    const value = this.#claim({ name, dtype, shape });
    this.inputs.push(value);
    return value;
  }

  /** A tensor stored in the graph under its own name: a weight. */
  initializer(name: string, tensor: Tensor): Value {
    const value = this.#claim({ name, dtype: "float32", shape: tensor.shape });
    this.initializers.push({ value, data: tensor.data });
    return value;
  }

  /** A constant float: a number, or a tensor. */
  constant(content: number | Tensor): Value {
    if (typeof content !== "number") return this.#store("float32", content.shape, content.data);
    return this.#once(`f${content}`, () => this.#store("float32", [], Float32Array.of(content)));
  }

  /** Constant integers, as shapes and indices want them: a list, or a single number. */
  integers(content: number | readonly number[]): Value {
    const list = typeof content === "number" ? [content] : content;
    const shape = typeof content === "number" ? [] : [list.length];
    const data = BigInt64Array.from(list, BigInt);
    return this.#once(`i${JSON.stringify(content)}`, () => this.#store("int64", shape, data));
  }

  /** Any operation; the methods below are the same with the shape worked out. */
  op(
    type: string,
    inputs: readonly Value[],
    shape: Shape,
    attributes: Record<string, Attribute> = {},
    dtype: DType = inputs[0].dtype,
  ): Value {
    const output: Value = { name: `${type}_${this.nodes.length}`, dtype, shape };
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  /** Gives a value a name by which a run can ask for it. */
  name(value: Value, name: string): Value {
    const fresh = this.nodes.some((node) => node.output === value) &&
      this.#named.get(value.name) !== value;
    const named = fresh ? value : this.op("Identity", [value], value.shape);
    named.name = name;
    return this.#claim(named);
  }

  /** The value of that name, if there is one. */
  find(name: string): Value | undefined {
    return this.#named.get(name);
  }

  /** The names given by {@linkcode Graph.name}, inputs and initializers, in order. */
  get names(): string[] {
    return [...this.#named.keys()];
  }

  // Element by element.
  add(a: Operand, b: Operand): Value {
    return this.#pair("Add", a, b);
  }
  sub(a: Operand, b: Operand): Value {
    return this.#pair("Sub", a, b);
  }
  mul(a: Operand, b: Operand): Value {
    return this.#pair("Mul", a, b);
  }
  div(a: Operand, b: Operand): Value {
    return this.#pair("Div", a, b);
  }
  /** Both operands are integers or both floats; the result is bool. */
  lessOrEqual(a: Value, b: Value): Value {
    return this.#pair("LessOrEqual", a, b, "bool");
  }
  equal(a: Value, b: Value): Value {
    return this.#pair("Equal", a, b, "bool");
  }
  /** `yes` where `condition` is true, else `no`. */
  where(condition: Value, yes: Operand, no: Operand): Value {
    const [a, b] = [this.#value(yes), this.#value(no)];
    const shape = broadcast(condition.shape, broadcast(a.shape, b.shape));
    return this.op("Where", [condition, a, b], shape, {}, a.dtype);
  }
  /** One of ONNX's functions of one number: Sqrt, Exp, Log, Neg, Abs, Tanh, Erf, Relu, Sin, Cos. */
  unary(type: string, x: Value): Value {
    return this.op(type, [x], x.shape);
  }
  cast(x: Value, dtype: DType): Value {
    return this.op("Cast", [x], x.shape, { to: { float32: 1, int64: 7, bool: 9 }[dtype] }, dtype);
  }

  // Along axes.
  matmul(a: Value, b: Value): Value {
    return this.op("MatMul", [a, b], matmulShape(a.shape, b.shape));
  }
  softmax(x: Value): Value {
    return this.op("Softmax", [x], x.shape, { axis: -1 });
  }
  logSoftmax(x: Value): Value {
    return this.op("LogSoftmax", [x], x.shape, { axis: -1 });
  }
  /** The sum over `axes`, which stay as 1 where `keep`. */
  sum(x: Value, axes: readonly number[], keep = false): Value {
    const shape = reducedShape(x.shape, axes, keep);
    return this.op("ReduceSum", [x, this.integers(axes)], shape, { keepdims: Number(keep) });
  }
  mean(x: Value, axes: readonly number[], keep = false): Value {
    const attributes = { axes, keepdims: Number(keep) };
    return this.op("ReduceMean", [x], reducedShape(x.shape, axes, keep), attributes);
  }

  // Moving numbers about.
  transpose(x: Value, ...perm: number[]): Value {
    return this.op("Transpose", [x], perm.map((axis) => x.shape[axis]), { perm });
  }
  /** 0 keeps an axis, -1 is what is left over. */
  reshape(x: Value, ...target: number[]): Value {
    return this.op("Reshape", [x, this.integers(target)], reshapedShape(x.shape, target));
  }
  unsqueeze(x: Value, axis: number): Value {
    const at = fromFront(axis, x.shape.length + 1);
    const shape = [...x.shape.slice(0, at), 1, ...x.shape.slice(at)];
    return this.op("Unsqueeze", [x, this.integers([at])], shape);
  }
  /** Copies of `x` that fill the shape of `like`. */
  expandLike(x: Value, like: Value): Value {
    const target = this.op("Shape", [like], [like.shape.length], {}, "int64");
    return this.op("Expand", [x, target], broadcast(x.shape, like.shape));
  }
  concat(parts: readonly Value[], axis: number, total?: Dim): Value {
    const shape = concatShape(parts.map((part) => part.shape), axis, total);
    return this.op("Concat", parts, shape, { axis });
  }
  /** The part from `start` to `end` (not included) of one axis. */
  slice(x: Value, axis: number, start: number, end: number): Value {
    const at = fromFront(axis, x.shape.length);
    const shape = x.shape.map((dim, i) => i === at ? end - start : dim);
    const bounds = [[start], [end], [at]].map((list) => this.integers(list));
    return this.op("Slice", [x, ...bounds], shape);
  }
  /** Rows of `table` picked by integers: [rows, ...rest] by [...index] gives [...index, ...rest]. */
  gather(table: Value, index: Value): Value {
    const shape = [...index.shape, ...table.shape.slice(1)];
    return this.op("Gather", [table, index], shape, { axis: 0 });
  }
  /** The length of one axis when the graph runs, as an integer scalar. */
  lengthOf(x: Value, axis: number): Value {
    const shape = this.op("Shape", [x], [x.shape.length], {}, "int64");
    return this.gather(shape, this.integers(fromFront(axis, x.shape.length)));
  }
  /** The integers from `start` to `end` (not included); `dim` is the length's name or count. */
  range(start: Value, end: Value, dim: Dim): Value {
    return this.op("Range", [start, end, this.integers(1)], [dim]);
  }

  #pair(type: string, a: Operand, b: Operand, dtype?: DType): Value {
    const [left, right] = [this.#value(a), this.#value(b)];
    const shape = broadcast(left.shape, right.shape);
    return this.op(type, [left, right], shape, {}, dtype ?? left.dtype);
  }

  #value(operand: Operand): Value {
    return typeof operand === "number" ? this.constant(operand) : operand;
  }

  #store(dtype: DType, shape: readonly number[], data: Float32Array | BigInt64Array): Value {
    if (sizeOf(shape) !== data.length) throw new RangeError("A constant must fill its shape");
    const value: Value = { name: `constant_${this.initializers.length}`, dtype, shape };
    this.initializers.push({ value, data });
    return value;
  }

  #once(key: string, make: () => Value): Value {
    const value = this.#constants.get(key) ?? make();
    this.#constants.set(key, value);
    return value;
  }

  #claim(value: Value): Value {
    if (this.#named.has(value.name)) {
      throw new RangeError(`Cannot name two values "${value.name}" in one graph`);
    }
    this.#named.set(value.name, value);
    return value;
  }
}
