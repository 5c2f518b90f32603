import { isPermutation } from "../tensor/tensor.ts";
import { GraphBase } from "./graph_base.ts";
import type { DType, Value } from "./node.ts";
import {
  broadcast,
  concatShape,
  type Dim,
  flatLength,
  fromFront,
  matmulShape,
  matmulTransposedShape,
  reducedShape,
  reshapedShape,
  slicedShape,
} from "./shapes.ts";

export type { Attribute, DType, Initializer, Node, Value } from "./node.ts";

/** A {@linkcode Value}, or a plain number that becomes a constant float. */
export type Operand = Value | number;

/**
 * A graph under construction: each method adds one ONNX operation (opset 17) and returns its
 * result with the shape worked out, so that a mistake in a shape fails where it is made: with a
 * RangeError, or a TypeError where element types cannot go together.
 */
export class Graph extends GraphBase {
  // Element by element; shapes broadcast as NumPy's do.

  /** `a + b`. */
  add(a: Operand, b: Operand): Value {
    return this.#pair("Add", a, b);
  }
  /** `a - b`. */
  sub(a: Operand, b: Operand): Value {
    return this.#pair("Sub", a, b);
  }
  /** `a * b`. */
  mul(a: Operand, b: Operand): Value {
    return this.#pair("Mul", a, b);
  }
  /** `a / b`. */
  div(a: Operand, b: Operand): Value {
    return this.#pair("Div", a, b);
  }
  /** Whether `a <= b`, both integers or both floats: bool. */
  lessOrEqual(a: Value, b: Value): Value {
    return this.#pair("LessOrEqual", a, b, "bool");
  }
  /** Whether `a` equals `b`, both integers or both floats: bool. */
  equal(a: Value, b: Value): Value {
    return this.#pair("Equal", a, b, "bool");
  }
  /** `yes` where `condition` is true, else `no`. */
  where(condition: Value, yes: Operand, no: Operand): Value {
    const [a, b] = [this.#value(yes), this.#value(no)];
    checkTypes("Where", "bool", condition.dtype);
    checkTypes("Where", a.dtype, b.dtype);
    const shape = broadcast(condition.shape, broadcast(a.shape, b.shape));
    return this.op("Where", [condition, a, b], shape, {}, a.dtype);
  }
  /** One of ONNX's functions of one number: Sqrt, Exp, Log, Neg, Abs, Tanh, Sigmoid, Erf, Relu, Sin, Cos. */
  unary(type: string, x: Value): Value {
    return this.op(type, [x], x.shape);
  }
  /** The same numbers as another element type; floats are cut off, bool becomes 0 and 1. */
  cast(x: Value, dtype: DType): Value {
    return this.op("Cast", [x], x.shape, { to: { float32: 1, int64: 7, bool: 9 }[dtype] }, dtype);
  }

  // Along axes; negative axes count from the end.

  /** The matrix product of the last two axes: [..., m, k] by [..., k, n] is [..., m, n]. */
  matmul(a: Value, b: Value): Value {
    return this.op("MatMul", [a, b], matmulShape(a.shape, b.shape));
  }
  /**
   * The product with a matrix that lies transposed: [..., m, k] by [n, k] is [..., m, n]. It is read as
   * it lies, where {@linkcode Graph.transpose} would write it down again in every run.
   */
  matmulTransposed(a: Value, b: Value): Value {
    const shape = matmulTransposedShape(a.shape, b.shape);
    const [rows, [n, k]] = [flatLength(a.shape.slice(0, -1)), b.shape as number[]];
    const flat = this.op("Reshape", [a, this.integers([-1, k])], [rows, k]); // Gemm takes two axes
    const product = this.op("Gemm", [flat, b], [rows, n], { transB: 1 });
    return this.op("Reshape", [product, this.#withLast(a, n)], shape);
  }
  /** Along the last axis: positive numbers that sum to 1. */
  softmax(x: Value): Value {
    return this.op("Softmax", [x], x.shape, { axis: -1 });
  }
  /** The logarithm of {@linkcode Graph.softmax}, without its rounding to 0. */
  logSoftmax(x: Value): Value {
    return this.op("LogSoftmax", [x], x.shape, { axis: -1 });
  }
  /** The sum over `axes`, which stay as 1 where `keep`. */
  sum(x: Value, axes: readonly number[], keep = false): Value {
    const shape = reducedShape(x.shape, axes, keep);
    return this.op("ReduceSum", [x, this.integers(axes)], shape, { keepdims: Number(keep) });
  }
  /** The mean over `axes`, which stay as 1 where `keep`. */
  mean(x: Value, axes: readonly number[], keep = false): Value {
    const attributes = { axes, keepdims: Number(keep) };
    return this.op("ReduceMean", [x], reducedShape(x.shape, axes, keep), attributes);
  }

  // Moving numbers about.

  /** Axes in another order: of [a, b, c], `transpose(x, 2, 0, 1)` is [c, a, b]. */
  transpose(x: Value, ...perm: number[]): Value {
    if (!isPermutation(perm, x.shape.length)) {
      const required = `each of ${x.shape.length} axes once is required`;
      throw new RangeError(`Cannot transpose [${x.shape}]: ${required}, got [${perm}]`);
    }
    return this.op("Transpose", [x], perm.map((axis) => x.shape[axis]), { perm });
  }
  /** 0 keeps an axis, -1 is what is left over. */
  reshape(x: Value, ...target: number[]): Value {
    return this.op("Reshape", [x, this.integers(target)], reshapedShape(x.shape, target));
  }
  /** A new axis of length 1 before the one that is at `axis`; -1 puts it last. */
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
  /** Joined along `axis`; `total` names the joined axis where its parts are named. */
  concat(parts: readonly Value[], axis: number, total?: Dim): Value {
    const shape = concatShape(parts.map((part) => part.shape), axis, total);
    return this.op("Concat", parts, shape, { axis });
  }
  /** The part from `start` to `end` (not included) of one axis. */
  slice(x: Value, axis: number, start: number, end: number): Value {
    const shape = slicedShape(x.shape, axis, start, end);
    const at = fromFront(axis, x.shape.length);
    const bounds = [[start], [end], [at]].map((list) => this.integers(list));
    return this.op("Slice", [x, ...bounds], shape);
  }
  /** Rows of `table` picked by integers: [rows, ...rest] by [...index] gives [...index, ...rest]. */
  gather(table: Value, index: Value): Value {
    const axis = fromFront(0, table.shape.length);
    const shape = [...index.shape, ...table.shape.slice(1)];
    return this.op("Gather", [table, index], shape, { axis });
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

  /** The shape that `x` has when the graph runs, but for the length of the last axis. */
  #withLast(x: Value, length: number): Value {
    const before = x.shape.slice(0, -1);
    if (before.every((dim) => typeof dim === "number")) return this.integers([...before, length]);
    const known = this.op("Shape", [x], [before.length], { end: -1 }, "int64");
    return this.concat([known, this.integers([length])], 0);
  }

  #pair(type: string, a: Operand, b: Operand, dtype?: DType): Value {
    const [left, right] = [this.#value(a), this.#value(b)];
    checkTypes(type, left.dtype, right.dtype);
    const shape = broadcast(left.shape, right.shape);
    return this.op(type, [left, right], shape, {}, dtype ?? left.dtype);
  }

  #value(operand: Operand): Value {
    return typeof operand === "number" ? this.constant(operand) : operand;
  }
}

function checkTypes(type: string, required: DType, given: DType): void {
  if (required === given) return;
  throw new TypeError(`Cannot add a node ${type}: ${required} is required, got ${given}`);
}
