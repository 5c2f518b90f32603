import { assertEquals, assertThrows } from "@std/assert";
import { maxAbs, maxDifference, relativeChange, reorderPositions, takeRows } from "./compare.ts";
import { Tensor } from "./tensor.ts";

Deno.test("the largest difference counts its size, not its sign, and equal infinities not at all", () => {
  const x = Tensor.from([1, -2, -Infinity, 0]);
  assertEquals(maxDifference(x, Tensor.from([1.5, -5, -Infinity, -0])), 3, "-2 and -5");
  assertEquals(maxDifference(x, x), 0, "itself");
  assertEquals(maxDifference(x, Tensor.from([1, -2, 7, 0])), Infinity, "an infinity and a number");
});

Deno.test("a difference that is no number does not pass for a small one", () => {
  const [x, y] = [Tensor.from([NaN, 1]), Tensor.from([0, 5])];
  assertEquals(maxDifference(x, y), NaN, "NaN first");
  assertEquals(maxAbs(x), NaN, "and in the largest number");
});

Deno.test("tensors of other shapes are not compared", () => {
  assertThrows(
    () => maxDifference(Tensor.full([2, 3]), Tensor.full([3, 2])),
    RangeError,
    "Cannot compare tensors: shapes must match, got [2,3], [3,2]",
  );
});

Deno.test("the largest absolute value may be a negative number's", () => {
  assertEquals(maxAbs(Tensor.from([[1, -3], [2, 0]])), 3, "-3");
});

Deno.test("reordered positions keep their vectors, row by row", () => {
  const x = Tensor.from([[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]);
  const expected = [[[5, 6], [1, 2], [3, 4]], [[11, 12], [7, 8], [9, 10]]];
  assertEquals(reorderPositions(x, [2, 0, 1]).toNested(), expected, "the third comes first");
});

Deno.test("an order that drops or repeats a position is refused", () => {
  for (const order of [[0, 1], [0, 0, 1], [0, 1, 3]]) {
    const message = `each of 3 positions once is required, got [${order}]`;
    assertThrows(() => reorderPositions(Tensor.full([1, 3]), order), RangeError, message);
  }
});

Deno.test("rows are taken by number, as often as they are named", () => {
  const x = Tensor.from([[1, 2], [3, 4], [5, 6]]);
  assertEquals(takeRows(x, [2, 0, 2]).toNested(), [[5, 6], [1, 2], [5, 6]]);
  assertEquals(takeRows(x, []).shape, [0, 2], "none");
  assertThrows(() => takeRows(x, [3]), RangeError);
});

Deno.test("a change is told in sizes of what was there, all numbers together", () => {
  const x = Tensor.from([[3, 0], [0, 4]]);
  assertEquals(relativeChange(x, x), 0, "none");
  assertEquals(relativeChange(x, Tensor.full([2, 2])), 1, "all of it gone: 5 of 5");
  assertEquals(relativeChange(x, Tensor.from([[3, 8], [6, 4]])), 2, "10 of 5");
});
