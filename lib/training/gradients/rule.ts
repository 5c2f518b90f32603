import type { Graph } from "../../onnx/mod.ts";
import type { Node, Value } from "../../onnx/graph.ts";

/** A node whose inputs want gradients, and the gradient of its output, of the output's shape. */
export interface Backward extends Node {
  readonly g: Graph;
  readonly grad: Value;
}

/**
 * How a gradient passes back through one operation: for each input a function that adds the nodes
 * for that input's gradient. It is called only where the gradient is wanted; an input without one
 * cannot be differentiated. The result has the input's shape, or 1 along axes where it is the same;
 * it is undefined where nothing is to be added.
 */
export type Rule = (node: Backward) => readonly (() => Value | undefined)[];

/** The shape of a value, all of it counted: a gradient has no use for axes that each run decides. */
export function dims({ name, shape }: Value): number[] {
  return shape.map((dim) => {
    if (typeof dim === "number") return dim;
    throw new RangeError(
      `Cannot differentiate: the shape of "${name}" must be counted, got [${shape}]`,
    );
  });
}

/** Undoes broadcasting: the sum over every axis along which a value of shape `to` was repeated. */
export function sumTo(g: Graph, x: Value, to: readonly number[]): Value {
  const from = dims(x);
  const extra = from.length - to.length;
  const leading = Array.from({ length: extra }, (_, axis) => axis);
  const repeated = to.flatMap((dim, i) => dim === 1 && from[i + extra] !== 1 ? [i + extra] : []);
  if (repeated.length > 0) return reshapeTo(g, g.sum(x, [...leading, ...repeated], true), to);
  return extra > 0 ? g.sum(x, leading) : x;
}

/** The same numbers under the shape `to`. */
export function reshapeTo(g: Graph, x: Value, to: readonly number[]): Value {
  return `${x.shape}` === `${to}` ? x : g.op("Reshape", [x, g.integers(to)], to);
}

/** The integers that a constant holds: the axes of a sum, the bounds of a slice. */
export function integersOf(g: Graph, value: Value): number[] {
  const stored = g.initializers.find((initializer) => initializer.value === value);
  if (stored?.data instanceof BigInt64Array) return Array.from(stored.data, Number);
  throw new RangeError(`Cannot differentiate: "${value.name}" must be constant integers`);
}
