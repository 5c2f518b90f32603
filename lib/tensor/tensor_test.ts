import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { isPermutation, sizeOf, Tensor } from "./tensor.ts";

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
});

Deno.test("a scalar has no axes and an empty tensor no numbers", () => {
  assertEquals(Tensor.from(7).shape, [], "a plain number");
  assertEquals(Tensor.from(7).at(), 7, "the index of a scalar is empty");
  assertEquals(Tensor.from([]).shape, [0], "an empty list");
  assertEquals(Tensor.from([[], []]).shape, [2, 0], "two empty rows");
});

Deno.test("a tensor refuses a shape that is none or does not hold its numbers", () => {
  const make = (shape: number[]) => () => new Tensor(new Float32Array(6), shape);
  const whole = "every axis must be a whole number of at least 0";
  assertThrows(make([-1, -6]), RangeError, `${whole}, got [-1,-6]`, "negative axes");
  assertThrows(make([1.5, 4]), RangeError, `${whole}, got [1.5,4]`, "a fractional axis");
  assertThrows(make([NaN]), RangeError, `${whole}, got [NaN]`, "no number");
  const short = "shape [2,4] requires 8 numbers, got 6";
  assertThrows(make([2, 4]), RangeError, short, "too few numbers");
  assertThrows(() => Tensor.full([-1]), RangeError, `${whole}, got [-1]`, "full says the same");
});

Deno.test("full repeats one value, zero unless told", () => {
  assertEquals([...Tensor.full([2, 2], 3).data], [3, 3, 3, 3], "threes");
  assertEquals([...Tensor.full([3]).data], [0, 0, 0], "zeros");
});

Deno.test("ragged nested arrays are refused, also where the numbers would fill the shape", () => {
  const required = "rows must have one length, ";
  const cases = [
    { ragged: [[1, 2], [3]], message: "a row of 2 is required, got a row of 1" },
    { ragged: [[1, 2], [3, 4, 5], [6]], message: "a row of 2 is required, got a row of 3" },
    { ragged: [1, [2]], message: "a number is required, got a row of 1" },
    { ragged: [[1], 2], message: "a row of 1 is required, got a number" },
    { ragged: [[[1]], [2]], message: "a row of 1 is required, got a number" },
  ];
  for (const { ragged, message } of cases) {
    const name = JSON.stringify(ragged);
    assertThrows(() => Tensor.from(ragged), RangeError, required + message, name);
  }
});

Deno.test("an index outside the tensor, too short or too long is refused", () => {
  const x = counting([2, 3]);
  for (const index of [[2, 0], [0, 3], [-1, 0], [0.5, 0], [NaN, 0], [0], [0, 0, 0]]) {
    const message = `Cannot index a tensor of shape [2,3] with [${index}]`;
    assertThrows(() => x.at(...index), RangeError, message, `at(${index})`);
  }
  for (const index of [[2], [-1], [0, 0, 0]]) {
    const message = `Cannot index a tensor of shape [2,3] with [${index}]`;
    assertThrows(() => x.get(...index), RangeError, message, `get(${index})`);
  }
});

Deno.test("get takes the part below a leading index", () => {
  const x = counting([2, 3, 2]);
  assertEquals(x.get(1).toNested(), [[6, 7], [8, 9], [10, 11]], "one index");
  assertEquals(x.get(1, 2).toNested(), [10, 11], "two");
  assertEquals(x.get(1, 2, 0).toNested(), 10, "all of them: a scalar");
  assertEquals(x.get().toNested(), x.toNested(), "none: the whole");
});

Deno.test("reshape keeps the numbers in order and refuses another size", () => {
  assertEquals(counting([2, 3]).reshape(3, 2).toNested(), [[0, 1], [2, 3], [4, 5]], "[3, 2]");
  const message = "shape [4] requires 4 numbers, got 6";
  assertThrows(
    () => counting([2, 3]).reshape(4),
    RangeError,
    message,
    "six numbers in four places",
  );
});

Deno.test("transpose moves each number to its permuted index", () => {
  const x = counting([2, 3, 2]);
  const y = x.transpose(2, 0, 1);
  assertEquals(y.shape, [2, 2, 3], "[c, a, b]");
  assertEquals(y.toNested(), [[[0, 2, 4], [6, 8, 10]], [[1, 3, 5], [7, 9, 11]]], "by hand");
  assertEquals(y.at(1, 0, 2), x.at(0, 2, 1), "y[c, a, b] = x[a, b, c]");
});

Deno.test("transpose refuses anything but each axis once", () => {
  const x = counting([2, 2]);
  for (const axes of [[0, 0], [0], [0, 1, 2], [0, 2], [-1, 0], []]) {
    const message = `Cannot transpose [2,2]: each of 2 axes once is required, got [${axes}]`;
    assertThrows(() => x.transpose(...axes), RangeError, message, `axes [${axes}]`);
  }
});

Deno.test("a transpose is undone by the inverse permutation", () => {
  const cases = anyTensor.chain((x) => {
    const axes = x.shape.map((_, axis) => axis);
    const all = { minLength: axes.length, maxLength: axes.length };
    return fc.tuple(fc.constant(x), fc.shuffledSubarray(axes, all));
  });
  fc.assert(
    fc.property(cases, ([x, axes]) => {
      const back = axes.map((_, axis) => axes.indexOf(axis));
      const there = x.transpose(...axes);
      assertEquals(there.shape, axes.map((axis) => x.shape[axis]), "the permuted shape");
      assertEquals(there.transpose(...back), x, "there and back");
    }),
    FIXED,
  );
});

Deno.test("nested arrays and back give the same tensor where no axis is empty", () => {
  const filled = anyTensor.filter((x) => x.size > 0);
  fc.assert(
    fc.property(filled, (x) => assertEquals(Tensor.from(x.toNested()), x, `[${x.shape}]`)),
    FIXED,
  );
});

Deno.test("map gives each number and its index, and leaves the tensor as it was", () => {
  const x = Tensor.from([[5, 6], [7, 8]]);
  assertEquals(x.map((value, i) => 10 * value + i).toNested(), [[50, 61], [72, 83]], "mapped");
  assertEquals(x.toNested(), [[5, 6], [7, 8]], "the given one");
});

Deno.test("a permutation names each axis once", () => {
  assert(isPermutation([], 0) && isPermutation([1, 2, 0], 3), "permutations");
  for (const axes of [[0, 0, 1], [0, 1], [0, 1, 3], [0, 1, -1], [0, 1, 0.5]]) {
    assert(!isPermutation(axes, 3), `[${axes}] is none of three axes`);
  }
});
