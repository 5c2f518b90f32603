import type { Value } from "../../onnx/graph.ts";
import { type Backward, dims, type Rule, sumTo } from "./rule.ts";

/** Rules of the operations that work element by element. */
export const ELEMENTWISE: Readonly<Record<string, Rule>> = {
  Add: (node) => [() => to(node, 0, node.grad), () => to(node, 1, node.grad)],
  Sub: (node) => [() => to(node, 0, node.grad), () => to(node, 1, negative(node, node.grad))],
  Mul: product,
  Div: quotient,
  Where: choice,
  Neg: (node) => [() => negative(node, node.grad)],
  Sqrt: ({ g, output, grad }) => [() => g.div(grad, g.mul(output, 2))],
  Relu: ({ g, output, grad }) => [() => g.mul(grad, g.unary("Sign", output))],
  Tanh: ({ g, output, grad }) => [() => g.mul(grad, g.sub(1, g.mul(output, output)))],
  Sigmoid: ({ g, output, grad }) => [() => g.mul(grad, g.mul(output, g.sub(1, output)))],
  Erf: gaussian,
  Identity: ({ grad }) => [() => grad],
};

function product(node: Backward): ReturnType<Rule> {
  const { g, inputs: [a, b], grad } = node;
  // A square passes back through both of its inputs at once: half of the work.
  if (a === b) return [() => g.mul(grad, g.mul(a, 2)), () => undefined];
  return [() => to(node, 0, g.mul(grad, b)), () => to(node, 1, g.mul(grad, a))];
}

function quotient(node: Backward): (() => Value)[] {
  const { g, inputs: [, b], output, grad } = node;
  return [
    () => to(node, 0, g.div(grad, b)),
    () => to(node, 1, g.div(g.mul(negative(node, grad), output), b)),
  ];
}

/** Only the side that was chosen gets the gradient; the condition is no number and has none. */
function choice(node: Backward): ReturnType<Rule> {
  const { g, inputs: [condition], grad } = node;
  return [
    () => undefined,
    () => to(node, 1, g.where(condition, grad, 0)),
    () => to(node, 2, g.where(condition, 0, grad)),
  ];
}

/** The slope of erf(x) is 2 / sqrt(pi) * exp(-x^2). */
function gaussian({ g, inputs: [x], grad }: Backward): (() => Value)[] {
  const bell = () => g.unary("Exp", g.unary("Neg", g.mul(x, x)));
  return [() => g.mul(g.mul(grad, 2 / Math.sqrt(Math.PI)), bell())];
}

function negative({ g }: Backward, x: Value): Value {
  return g.unary("Neg", x);
}

function to({ g, inputs }: Backward, input: number, x: Value): Value {
  return sumTo(g, x, dims(inputs[input]));
}
