import "./testing/give_back.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Graph, type Value } from "../onnx/graph.ts";
import { Random, Tensor } from "../tensor/mod.ts";
import { type Feed, GraphSession, openSessions } from "./session.ts";

/** Runs a graph once on all that it names, and gives its session back. */
async function once(g: Graph, feeds: Record<string, Feed>, outputs: string[]) {
  const session = await GraphSession.open(g, outputs);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

/** Every operation that a graph offers, of x [batch, pos, 6], y [6, 4] and the integers i [pos]. */
function everyOperation(g: Graph): Record<string, Value> {
  const x = g.input("x", "float32", ["batch", "pos", 6]);
  const y = g.input("y", "float32", [6, 4]);
  const i = g.input("i", "int64", ["pos"]);
  const column = g.unsqueeze(i, -1); // [pos, 1]
  const before = g.lessOrEqual(i, column); // [pos, pos]
  const functions = ["Sqrt", "Exp", "Log", "Neg", "Abs", "Tanh", "Erf", "Relu", "Sin", "Cos"];
  return {
    add: g.add(x, 1),
    sub: g.sub(1, y),
    mul: g.mul(x, g.constant(Tensor.full([1, 6], 2))),
    div: g.div(x, g.mean(x, [-1], true)),
    lessOrEqual: before,
    equal: g.equal(i, column),
    where: g.where(before, g.cast(i, "float32"), -Infinity),
    cast: g.cast(before, "int64"),
    matmul: g.matmul(x, y),
    softmax: g.softmax(x),
    logSoftmax: g.logSoftmax(x),
    sum: g.sum(x, [0, -1]),
    sumKept: g.sum(x, [1], true),
    mean: g.mean(x, [2]),
    transpose: g.transpose(x, 2, 0, 1),
    reshape: g.reshape(x, 0, 0, 3, -1),
    unsqueeze: g.unsqueeze(y, 1),
    unsqueezeLast: g.unsqueeze(y, -1),
    expandLike: g.expandLike(g.constant(Tensor.full([1, 6])), x),
    concat: g.concat([x, x], -1),
    concatNamed: g.concat([i, i], 0, "twice"),
    slice: g.slice(x, -1, 2, 5),
    gather: g.gather(g.transpose(y, 1, 0), i),
    lengthOf: g.lengthOf(x, 1),
    range: g.range(g.integers(0), g.lengthOf(x, -2), "pos"),
    scalar: g.constant(3),
    ...Object.fromEntries(functions.map((type) => [type, g.unary(type, y)])),
  };
}

Deno.test("every operation has the shape at a run that was worked out when it was added", async () => {
  const g = new Graph();
  const values = Object.entries(everyOperation(g)).map(([name, value]) =>
    g.name(value, `_${name}`)
  );
  const lengths: Record<string, number> = { batch: 2, pos: 3, twice: 6 };
  const feeds = {
    x: new Random(1).normalTensor([2, 3, 6]),
    y: new Random(2).normalTensor([6, 4]),
    i: { integers: [0, 1, 2], shape: [3] },
  };
  const results = await once(g, feeds, values.map(({ name }) => name));
  for (const { name, shape } of values) {
    const expected = shape.map((dim) => typeof dim === "string" ? lengths[dim] : dim);
    assertEquals([...results[name].shape], expected, name.slice(1));
  }
});

Deno.test("operations compute what their names say", async () => {
  const g = new Graph();
  const x = g.input("x", "float32", [2, 3]);
  const i = g.input("i", "int64", [2]);
  const b = g.input("b", "bool", [2, 1]);
  const made: Record<string, [Value, number | number[] | number[][]]> = {
    softmax: [g.softmax(g.mul(x, 0)), [[1 / 3, 1 / 3, 1 / 3], [1 / 3, 1 / 3, 1 / 3]]],
    sum: [g.sum(x, [0]), [5, 7, 9]],
    mean: [g.mean(x, [-1], true), [[2], [5]]],
    transpose: [g.transpose(x, 1, 0), [[1, 4], [2, 5], [3, 6]]],
    slice: [g.slice(x, 1, 1, 3), [[2, 3], [5, 6]]],
    gather: [g.gather(x, i), [[4, 5, 6], [1, 2, 3]]],
    where: [g.where(b, x, -1), [[1, 2, 3], [-1, -1, -1]]],
    concat: [g.concat([x, g.mul(x, 10)], 1), [[1, 2, 3, 10, 20, 30], [4, 5, 6, 40, 50, 60]]],
    matmul: [g.matmul(x, g.transpose(x, 1, 0)), [[14, 32], [32, 77]]],
    range: [g.range(g.integers(2), g.integers(5), 3), [2, 3, 4]],
    length: [g.lengthOf(x, -1), 3],
    smaller: [g.lessOrEqual(x, g.constant(4)), [[1, 1, 1], [1, 0, 0]]],
    cast: [g.cast(g.mul(x, 0.5), "int64"), [[0, 1, 1], [2, 2, 3]]],
  };
  for (const [name, [value]] of Object.entries(made)) g.name(value, `_${name}`);
  const feeds = {
    x: Tensor.from([[1, 2, 3], [4, 5, 6]]),
    i: { integers: [1, 0], shape: [2] },
    b: { booleans: Uint8Array.of(1, 0), shape: [2, 1] },
  };
  const results = await once(g, feeds, Object.keys(made).map((name) => `_${name}`));
  for (const [name, [, expected]] of Object.entries(made)) {
    assertEquals(results[`_${name}`].toNested(), Tensor.from(expected).toNested(), name);
  }
});

/** y = x + 1. */
function plusOne(): Graph {
  const g = new Graph();
  g.name(g.add(g.input("x", "float32", ["n"]), 1), "y");
  return g;
}

const X = { x: Tensor.from([1, 2]) };

Deno.test("a session counts while it is open and is released once", async () => {
  const before = openSessions();
  const [a, b] = [
    await GraphSession.open(plusOne(), ["y"]),
    await GraphSession.open(plusOne(), ["y"]),
  ];
  assertEquals(openSessions(), before + 2, "two are open");
  await a.release();
  await a.release();
  await Promise.all([b.release(), b.release()]);
  assertEquals(openSessions(), before, "each counted once");
  await assertRejects(() => a.run(X), Error, "Cannot run: the session was released");
});

Deno.test("a session that is released while it runs finishes first", async () => {
  const before = openSessions();
  const session = await GraphSession.open(plusOne(), ["y"]);
  const running = [session.run(X), session.run(X)];
  const released = session.release();
  for (const { y } of await Promise.all(running)) assertEquals(y.toNested(), [2, 3], "its result");
  await released;
  assertEquals(openSessions(), before, "and then it is gone");
});

Deno.test("runs that overlap, on one session or two, give what they give alone", async () => {
  const sessions = [
    await GraphSession.open(plusOne(), ["y"]),
    await GraphSession.open(plusOne(), ["y"]),
  ];
  const length = (i: number) => 1 + 7 * i % 40;
  const running = Array.from({ length: 40 }, async (_, i) => {
    for (let wait = 0; wait < i % 5; wait++) await Promise.resolve();
    return await sessions[i % 2].run({ x: Tensor.full([length(i)], i) });
  });
  for (const [i, { y }] of (await Promise.all(running)).entries()) {
    assertEquals(y.toNested(), Array(length(i)).fill(i + 1), `run ${i}`);
  }
  await Promise.all(sessions.map((session) => session.release()));
});

Deno.test("a run that lacks an input, misshapes one or wants an unknown output is refused", async () => {
  const session = await GraphSession.open(plusOne(), ["y"]);
  await assertRejects(() => session.run({}), Error, 'Cannot run: input "x" is missing');
  await assertRejects(
    () => session.run({ x: Tensor.full([1, 2]) }),
    Error,
    "Invalid rank for input",
  );
  await assertRejects(() => session.run(X, ["z"]), Error, "z");
  const unused = { ...X, other: Tensor.full([9]) };
  assertEquals(
    (await session.run(unused)).y.toNested(),
    [2, 3],
    "what is not needed is left aside",
  );
  assertEquals(session.inputs, ["x"], "what a run must feed");
  await session.release();
});

Deno.test("a result with no numbers is a tensor with no numbers", async () => {
  const { y } = await once(plusOne(), { x: Tensor.full([0]) }, ["y"]);
  assertEquals([...y.shape], [0], "no numbers in, none out");
  assert(y.data instanceof Float32Array, "still floats");
});
