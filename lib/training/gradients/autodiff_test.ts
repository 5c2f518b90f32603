/** What differentiation refuses and leaves alone; that it is right, rules_test.ts shows. */
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Graph } from "../../onnx/mod.ts";
import type { Value } from "../../onnx/graph.ts";
import { gradients } from "./autodiff.ts";

/** A graph with one input of three numbers. */
function start() {
  const g = new Graph();
  return { g, x: g.input("x", "float32", [3]) };
}

/** What cannot be differentiated, and what is said: a graph, a loss, and by what. */
const REFUSED: Record<string, [make: (g: Graph, x: Value) => [Value, Value[]], message: string]> = {
  "what is no scalar": [
    (g, x) => [g.name(g.mul(x, 2), "y"), [x]],
    'Cannot differentiate "y": a scalar required, got [3]',
  ],
  "an operation on the way that has no rule, with the value it makes": [
    (g, x) => [g.sum(g.name(g.unary("Ceil", x), "up"), [0]), [x]],
    'Cannot differentiate Ceil ("up") by its input 0: it has no rule',
  ],
  "a Gemm that graphs are not built of": [
    (g, x) => {
      const row = g.reshape(x, 1, 3);
      return [g.sum(g.name(g.op("Gemm", [row, row], [3, 3], { transA: 1 }), "y"), [0, 1]), [x]];
    },
    'Cannot differentiate Gemm ("y") by its input 0: it has no rule',
  ],
  "a parameter that the loss does not depend on": [
    (g, x) => {
      const spare = g.input("spare", "float32", [2]);
      g.mul(spare, 2); // used, but not by the loss
      return [g.sum(x, [0]), [x, spare]];
    },
    'Cannot differentiate: the loss does not depend on "spare"',
  ],
  "numbers that were turned into truth values or integers: they pass nothing back": [
    (g, x) => [g.sum(g.cast(g.cast(x, "int64"), "float32"), [0]), [x]],
    'the loss does not depend on "x"',
  ],
  "lengths that each run decides: gradients must be counted": [
    (g) => {
      const rows = g.input("rows", "float32", ["pos", 3]);
      return [g.sum(rows, [0, 1]), [rows]];
    },
    'Cannot differentiate: the shape of "rows" must be counted, got [pos,3]',
  ],
};

for (const [what, [make, message]] of Object.entries(REFUSED)) {
  Deno.test(`refused: ${what}`, () => {
    const { g, x } = start();
    const [loss, wrt] = make(g, x);
    assertThrows(() => gradients(g, loss, wrt), RangeError, message);
  });
}

Deno.test("an operation without a rule does no harm off the way", () => {
  const { g, x } = start();
  const constant = g.input("c", "float32", [3]);
  g.unary("Ceil", x); // leads nowhere
  const loss = g.sum(g.mul(x, g.unary("Ceil", constant)), [0]);
  const [gradient] = gradients(g, loss, [x]);
  assertEquals(gradient.shape, [3]);
});

Deno.test("the gradient of a loss by itself is one", () => {
  const { g, x } = start();
  const loss = g.sum(x, [0]);
  const [gradient] = gradients(g, loss, [loss]);
  const stored = g.initializers.find(({ value }) => value === gradient);
  assertEquals(stored?.data, Float32Array.of(1));
});

Deno.test("nothing is added to the graph for what is not asked for", () => {
  const nodes = (both: boolean) => {
    const { g, x } = start();
    const y = g.input("y", "float32", [3]);
    const loss = g.sum(g.mul(g.unary("Relu", x), y), [0]);
    const before = g.nodes.length;
    gradients(g, loss, both ? [x, y] : [y]);
    return g.nodes.slice(before).map(({ type }) => type);
  };
  // y alone: the gradient of the sum, once per element, times relu(x). The ReLU's is not made.
  assertEquals(nodes(false).filter((type) => type === "Mul").length, 1);
  assertEquals(nodes(true).filter((type) => type === "Mul").length, 3);
});

Deno.test("each gradient has the shape of what it is by, broadcast or not", () => {
  const { g, x } = start();
  const scale = g.input("scale", "float32", []);
  const rows = g.input("rows", "float32", [2, 1]);
  const loss = g.sum(g.mul(g.add(x, rows), scale), [0, 1]);
  const found = gradients(g, loss, [x, scale, rows]);
  assertEquals(found.map(({ shape }) => shape), [[3], [], [2, 1]]);
  assertStrictEquals(new Set(found).size, 3, "no two share a value");
});
