import { assert, assertEquals, assertMatch, assertStrictEquals, assertThrows } from "@std/assert";
import { Tensor } from "../tensor/tensor.ts";
import { decode } from "./testing/decode.ts";
import { encode } from "./encode.ts";
import { Graph } from "./graph.ts";
import { ModelProto } from "./proto.ts";

/** y = x @ W + 1 beside z = 2 x, which y does not need. */
function twoOutputs(): Graph {
  const g = new Graph();
  const x = g.input("x", "float32", ["pos", 2]);
  const W = g.initializer("W", Tensor.from([[1, 2, 3], [4, 5, 6]]));
  g.name(g.add(g.matmul(x, W), 1), "y"); // [pos, 3]
  const scale = g.input("scale", "float32", []);
  g.name(g.mul(g.mul(x, scale), 2), "z"); // [pos, 2]
  return g;
}

Deno.test("a graph comes back from its bytes", () => {
  const { nodes, inputs, initializers, outputs, opset } = decode(encode(twoOutputs(), ["z", "y"]));
  assertEquals(nodes.map(({ type }) => type), ["MatMul", "Add", "Mul", "Mul"], "in order");
  assertEquals(nodes[0].inputs, ["x", "W"], "what the product reads");
  assertEquals(nodes[1].inputs[0], nodes[0].outputs[0], "the sum reads the product");
  assertEquals(nodes[1].outputs, ["y"], "what the sum is called");
  assertEquals(inputs, { x: ["pos", 2], scale: [] }, "named and counted axes");
  assertEquals(initializers.W, [2, 3], "the weight");
  assertEquals(Object.keys(initializers).length, 3, "the weight and two constants");
  assertEquals(outputs, ["z", "y"], "in the order asked for");
  assertEquals(opset, 17, "the opset");
});

Deno.test("a matrix that lies transposed is read as it lies", () => {
  for (const rows of [["batch", "pos"], [2, 3]]) {
    const g = new Graph();
    const W = g.input("W", "float32", [5, 4]);
    const y = g.name(g.matmulTransposed(g.input("x", "float32", [...rows, 4]), W), "y");
    assertEquals(y.shape, [...rows, 5]);
    const { nodes } = decode(encode(g, ["y"]));
    assert(nodes.every(({ type }) => type !== "Transpose"), "nothing is turned round");
    assertEquals(nodes.find(({ type }) => type === "Gemm")?.inputs[1], "W", "as it lies");
  }
});

Deno.test("what the outputs do not need is left out", () => {
  const { nodes, inputs, initializers } = decode(encode(twoOutputs(), ["z"]));
  assertEquals(nodes.map(({ type }) => type), ["Mul", "Mul"], "no product, no sum");
  assertEquals(Object.keys(inputs), ["x", "scale"], "inputs of z");
  assertEquals(Object.values(initializers), [[]], "only the constant 2");
  assertEquals(Object.keys(decode(encode(twoOutputs(), ["y"])).inputs), ["x"], "inputs of y");
});

Deno.test("weights and integers are stored to the bit", () => {
  const weights = Tensor.from([0, -0, 1e-45, 3.4e38, -Infinity, NaN, 0.1]);
  const g = new Graph();
  const x = g.initializer("w", new Tensor(weights.data.subarray(1), [6])); // a view, not a copy
  g.name(g.reshape(x, -1, 3), "y");
  const { graph } = ModelProto.decode(encode(g, ["y"]));
  const [w, target] = graph!.initializer!.map(({ rawData }) => new Uint8Array(rawData!));
  assertEquals(w, new Uint8Array(weights.data.slice(1).buffer), "floats, a view among them");
  assertEquals(new BigInt64Array(target.buffer), BigInt64Array.of(-1n, 3n), "integers");
});

Deno.test("attributes are stored by their kind", () => {
  const g = new Graph();
  const x = g.input("x", "float32", [2, 3]);
  const attributes = { to: 7, perm: [1, -1], mode: "add" };
  g.name(g.op("Made", [x], [2, 3], attributes), "y");
  const [node] = ModelProto.decode(encode(g, ["y"])).graph!.node!;
  const stored = Object.fromEntries(node.attribute!.map((given) => [given.name, given]));
  assertEquals(Number(stored.to.i), 7, "an integer");
  assertEquals(stored.perm.ints!.map(Number), [1, -1], "integers");
  assertEquals(new TextDecoder().decode(stored.mode.s!), "add", "a word");
});

Deno.test("an attribute that would lose its fraction is refused", () => {
  for (const value of [0.5, [1, 2.5], NaN]) {
    const g = new Graph();
    g.name(g.op("Made", [g.input("x", "float32", [])], [], { alpha: value }), "y");
    const message = "attribute alpha: whole numbers are required, got";
    assertThrows(() => encode(g, ["y"]), RangeError, message, String(value));
  }
});

Deno.test("a name is given once", () => {
  const g = new Graph();
  const x = g.input("x", "float32", [2]);
  const message = 'Cannot name two values "x" in one graph';
  const doubled = g.add(x, x);
  assertThrows(() => g.name(doubled, "x"), RangeError, message, "a result");
  assertThrows(() => g.input("x", "float32", [2]), RangeError, message, "an input");
  assertThrows(() => g.initializer("x", Tensor.from([1])), RangeError, message, "a weight");
  g.name(doubled, "y");
  assertEquals(decode(encode(g, ["y"])).nodes.length, 1, "a refusal leaves the graph as it was");
});

Deno.test("a value is had by its name, and what is not there is said to be missing", () => {
  const g = new Graph();
  const x = g.input("x", "float32", [1]);
  assertStrictEquals(g.get("x"), x);
  assertEquals(g.find("y"), undefined);
  assertThrows(() => g.get("y"), RangeError, 'no value "y": it comes later, or in another graph');
});

Deno.test("a given name that meets an automatic one is refused before the runtime sees it", () => {
  const g = new Graph();
  const x = g.input("Add_0", "float32", [2]);
  g.name(g.mul(g.add(x, x), 2), "y");
  const message = 'Cannot encode: two values have the name "Add_0"';
  assertThrows(() => encode(g, ["y"]), RangeError, message, "an input called Add_0");
});

Deno.test("a value with a name gets a second one through a copy", () => {
  const g = new Graph();
  const x = g.input("x", "float32", ["pos"]);
  const y = g.name(g.unary("Neg", x), "y");
  const again = g.name(y, "again");
  assertEquals([y.name, again.name], ["y", "again"], "both names stand");
  assertEquals(again.shape, ["pos"], "and the shape");
  assertEquals(g.name(g.constant(1), "one").shape, [], "a constant keeps its own name too");
  assertEquals(g.names, ["x", "y", "again", "one"], "names in order");
  const types = decode(encode(g, ["again", "one"])).nodes.map(({ type }) => type);
  assertEquals(types, ["Neg", "Identity", "Identity"], "copies");
});

Deno.test("equal numbers share a constant and 0 is not -0", () => {
  const g = new Graph();
  assert(g.constant(2) === g.constant(2), "2 and 2");
  assert(g.integers([1, 2]) === g.integers([1, 2]), "[1, 2] twice");
  assert(g.integers(1) !== g.integers([1]), "a number is not a list of one");
  assert(g.constant(1) !== g.integers(1), "a float is no integer");
  g.constant(0);
  g.constant(-0);
  const [zero, minus] = g.initializers.slice(-2).map(({ data }) => data[0]);
  assert(Object.is(zero, 0) && Object.is(minus, -0), "0 and -0 are two constants");
});

Deno.test("an output that does not exist is refused", () => {
  const message = 'Cannot output "w": the graph has no such value';
  assertThrows(() => encode(twoOutputs(), ["y", "w"]), RangeError, message, "w");
});

Deno.test("an operation on shapes or types that do not fit fails where it is made", () => {
  const g = new Graph();
  const x = g.input("x", "float32", ["pos", 3]);
  const i = g.input("i", "int64", ["pos", 3]);
  const scalar = g.input("s", "float32", []);
  const wrong: [string, () => unknown, ErrorConstructor, string][] = [
    ["add", () => g.add(x, g.constant(Tensor.full([4]))), RangeError, "axis 1 must match or be 1"],
    ["matmul", () => g.matmul(x, x), RangeError, "Cannot multiply"],
    ["matmulTransposed", () => g.matmulTransposed(x, x), RangeError, "Cannot multiply"],
    [
      "transpose",
      () => g.transpose(x, 0, 0),
      RangeError,
      "each of 2 axes once is required, got [0,0]",
    ],
    ["transpose", () => g.transpose(x, 0), RangeError, "got [0]"],
    ["reshape", () => g.reshape(x, 3), RangeError, "Cannot reshape [pos,3] to [3]"],
    ["unsqueeze", () => g.unsqueeze(x, 4), RangeError, "Cannot use axis 4"],
    ["slice", () => g.slice(x, -1, 0, 4), RangeError, "no part from 0 to 4"],
    ["gather", () => g.gather(scalar, i), RangeError, "Cannot use axis 0"],
    ["sum", () => g.sum(x, []), RangeError, "name at least one axis"],
    ["concat", () => g.concat([x, scalar], 0), RangeError, "must match"],
    ["integers", () => g.integers([0.5]), RangeError, ""],
    ["mul", () => g.mul(i, 2), TypeError, "Cannot add a node Mul: int64 is required, got float32"],
    ["equal", () => g.equal(x, i), TypeError, "float32 is required, got int64"],
    ["where", () => g.where(x, 1, 0), TypeError, "bool is required, got float32"],
    ["where", () => g.where(g.equal(i, i), i, 0), TypeError, "int64 is required, got float32"],
  ];
  for (const [name, make, type, message] of wrong) assertThrows(make, type, message, name);
});

Deno.test("two graphs built alike have the same bytes", () => {
  assertEquals(encode(twoOutputs(), ["y"]), encode(twoOutputs(), ["y"]), "byte for byte");
  const { nodes } = decode(encode(twoOutputs(), ["y"]));
  for (const { outputs: [name] } of nodes) {
    assertMatch(name, /^(y|[A-Z]\w+_\d+)$/, "names of nodes");
  }
});
