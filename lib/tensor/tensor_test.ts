import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { isPermutation, type Nested, sizeOf, Tensor } from "./tensor.ts";

const FIXED = { seed: 1, numRuns: 60 };

/** A tensor of up to four short axes, some of them empty, that counts up from 0. */
const anyTensor = fc.array(fc.nat({ max: 3 }), { maxLength: 4 }).map(counting);

function counting(shape: readonly number[]): Tensor {
  return new Tensor(Float32Array.from({ length: sizeOf(shape) }, (_, i) => i), shape);
}

Deno.test("a tensor holds its numbers in row-major order", () => {
  const x = Tensor.from([[1, 2, 3], [4, 5, 6]]);
  assertEquals(x.shape, [2, 3], "rows, then columns");
  assertEquals([...x.data], [1, 2, 3, 4, 5, 6], "the last axis runs fastest");
  assertEquals(x.size, 6, "how many numbers");
  assertEquals(x.at(1, 0), 4, "the first number of the second row");
  assertEquals([...Tensor.full([2, 2], 3).data], [3, 3, 3, 3], "full repeats one value");
  assertEquals([...Tensor.full([3]).data], [0, 0, 0], "zero unless told");
});

Deno.test("a scalar has no axes and an empty tensor no numbers", () => {
  assertEquals(Tensor.from(7).shape, [], "a plain number");
  assertEquals(Tensor.from(7).at(), 7, "the index of a scalar is empty");
  assertEquals(Tensor.from([]).shape, [0], "an empty list");
  assertEquals(Tensor.from([[], []]).shape, [2, 0], "two empty rows");
});

Deno.test("a tensor refuses a shape that is none or does not hold its numbers", () => {
  const whole = (shape: readonly number[]) =>
    `every axis must be a whole number of at least 0, got [${shape}]`;
  for (const shape of [[-1, -6], [1.5, 4], [NaN]]) {
    assertThrows(() => new Tensor(new Float32Array(6), shape), RangeError, whole(shape));
  }
  assertThrows(() => Tensor.full([-1]), RangeError, whole([-1]), "full says the same");
  const six = "numbers, got 6";
  assertThrows(() => new Tensor(new Float32Array(6), [2, 4]), RangeError, `requires 8 ${six}`);
  assertThrows(() => counting([2, 3]).reshape(4), RangeError, `shape [4] requires 4 ${six}`);
});

Deno.test("ragged nested arrays are refused, also where the numbers would fill the shape", () => {
  const cases: [Nested, string][] = [
    [[[1, 2], [3]], "a row of 2 is required, got a row of 1"],
    [[[1, 2], [3, 4, 5], [6]], "a row of 2 is required, got a row of 3"],
    [[1, [2]], "a number is required, got a row of 1"],
    [[[1], 2], "a row of 1 is required, got a number"],
    [[[[1]], [2]], "a row of 1 is required, got a number"],
  ];
  for (const [ragged, message] of cases) {
    const required = `rows must have one length, ${message}`;
    assertThrows(() => Tensor.from(ragged), RangeError, required, JSON.stringify(ragged));
  }
});

Deno.test("an index outside the tensor, too short or too long is refused", () => {
  const x = counting([2, 3]);
  const refused = (look: (...index: number[]) => unknown, index: number[]) =>
    assertThrows(() => look(...index), RangeError, `of shape [2,3] with [${index}]`);
  for (const index of [[2, 0], [0, 3], [-1, 0], [0.5, 0], [NaN, 0], [0], [0, 0, 0]]) {
    refused((...at) => x.at(...at), index);
  }
  for (const index of [[2], [-1], [0, 0, 0]]) refused((...at) => x.get(...at), index);
});

Deno.test("get takes the part below a leading index, and reshape keeps the numbers in order", () => {
  const x = counting([2, 3, 2]);
  assertEquals(x.get(1).toNested(), [[6, 7], [8, 9], [10, 11]], "one index");
  assertEquals(x.get(1, 2).toNested(), [10, 11], "two");
  assertEquals(x.get(1, 2, 0).toNested(), 10, "all of them: a scalar");
  assertEquals(x.get().toNested(), x.toNested(), "none: the whole");
  assertEquals(x.unstack(), [x.get(0), x.get(1)], "all parts along the first axis");
  assertEquals(counting([2, 3]).reshape(3, 2).toNested(), [[0, 1], [2, 3], [4, 5]], "[3, 2]");
});

Deno.test("transpose moves each number to its permuted index", () => {
  const x = counting([2, 3, 2]);
  const y = x.transpose(2, 0, 1);
  assertEquals(y.shape, [2, 2, 3], "[c, a, b]");
  assertEquals(y.toNested(), [[[0, 2, 4], [6, 8, 10]], [[1, 3, 5], [7, 9, 11]]], "by hand");
  assertEquals(y.at(1, 0, 2), x.at(0, 2, 1), "y[c, a, b] = x[a, b, c]");
});

Deno.test("a permutation names each axis once, and transpose takes nothing else", () => {
  assert(isPermutation([], 0) && isPermutation([1, 2, 0], 3), "permutations");
  for (const axes of [[0, 0, 1], [0, 1], [0, 1, 3], [0, 1, -1], [0, 1, 0.5]]) {
    assert(!isPermutation(axes, 3), `[${axes}] is none of three axes`);
  }
  for (const axes of [[0, 0], [0], [0, 1, 2], [0, 2], [-1, 0], []]) {
    const message = `Cannot transpose [2,2]: each of 2 axes once is required, got [${axes}]`;
    assertThrows(() => counting([2, 2]).transpose(...axes), RangeError, message);
  }
});

Deno.test("a transpose is undone by the inverse permutation", () => {
  const cases = anyTensor.chain((x) => {
    const axes = x.shape.map((_, axis) => axis);
    const all = { minLength: axes.length, maxLength: axes.length };
    return fc.tuple(fc.constant(x), fc.shuffledSubarray(axes, all));
  });
  const there = fc.property(cases, ([x, axes]) => {
    const moved = x.transpose(...axes);
    assertEquals(moved.shape, axes.map((axis) => x.shape[axis]), "the permuted shape");
    const back = axes.map((_, axis) => axes.indexOf(axis));
    assertEquals(moved.transpose(...back), x, "there and back");
  });
  fc.assert(there, FIXED);
});

Deno.test("nested arrays and back give the same tensor where no axis is empty", () => {
  const filled = anyTensor.filter((x) => x.size > 0);
  const same = fc.property(filled, (x) => assertEquals(Tensor.from(x.toNested()), x, `${x.shape}`));
  fc.assert(same, FIXED);
});

Deno.test("map gives each number and its index, and leaves the tensor as it was", () => {
  const x = Tensor.from([[5, 6], [7, 8]]);
  assertEquals(x.map((value, i) => 10 * value + i).toNested(), [[50, 61], [72, 83]], "mapped");
  assertEquals(x.toNested(), [[5, 6], [7, 8]], "the given one");
});
