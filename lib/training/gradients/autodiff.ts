import type { Graph } from "../../onnx/mod.ts";
import type { Node, Value } from "../../onnx/graph.ts";
import { RULES } from "./rules.ts";
import { dims } from "./rule.ts";

/**
 * Reverse-mode differentiation: adds to the graph the nodes that compute the gradient of a scalar
 * with respect to each given value, and returns those gradients, each of its value's shape.
 *
 * The graph is walked once from the loss backwards. A value gets a gradient only if it lies between
 * the given values and the loss; one that is used in several places sums what comes from each.
 *
 * @throws {RangeError} If the loss is not a scalar, does not depend on one of the values, or an
 * operation on the way has no rule.
 */
export function gradients(g: Graph, loss: Value, wrt: readonly Value[]): Value[] {
  if (loss.shape.length > 0) {
    throw new RangeError(
      `Cannot differentiate "${loss.name}": a scalar required, got [${loss.shape}]`,
    );
  }
  const forward = [...g.nodes];
  const moved = reachedFrom(forward, wrt);
  const flows = new Map<Value, Value[]>([[loss, [g.constant(1)]]]);
  for (const node of forward.toReversed()) {
    const arriving = flows.get(node.output);
    if (!arriving || !moved.has(node.output)) continue;
    passBack(g, node, total(g, node.output, arriving), moved, flows);
  }
  return wrt.map((value) => {
    const arriving = flows.get(value);
    if (arriving) return total(g, value, arriving);
    throw new RangeError(`Cannot differentiate: the loss does not depend on "${value.name}"`);
  });
}

/** The given values and everything computed from them. */
function reachedFrom(nodes: readonly Node[], values: readonly Value[]): ReadonlySet<Value> {
  const reached = new Set(values);
  for (const { inputs, output } of nodes) {
    const floats = output.dtype === "float32";
    if (floats && inputs.some((input) => reached.has(input))) reached.add(output);
  }
  return reached;
}

/** Turns the gradient of a node's output into gradients of those of its inputs that matter. */
function passBack(
  g: Graph,
  node: Node,
  grad: Value,
  moved: ReadonlySet<Value>,
  flows: Map<Value, Value[]>,
): void {
  const rule = RULES[node.type];
  const parts = rule?.({ g, ...node, grad });
  node.inputs.forEach((input, i) => {
    if (!moved.has(input)) return;
    const part = parts?.[i];
    if (!part) {
      throw new RangeError(
        `Cannot differentiate ${node.type} ("${node.output.name}") by its input ${i}: it has no rule`,
      );
    }
    const gradient = part();
    if (gradient) flows.set(input, [...flows.get(input) ?? [], gradient]);
  });
}

/** Everything that arrived, added up; a part may be smaller where it is the same along an axis. */
function total(g: Graph, value: Value, parts: readonly Value[]): Value {
  const sum = parts.reduce((a, b) => g.add(a, b));
  const shape = dims(value);
  if (`${sum.shape}` === `${shape}`) return sum;
  return g.op("Expand", [sum, g.integers(shape)], shape);
}
