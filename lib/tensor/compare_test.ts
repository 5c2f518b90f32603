import { assertEquals, assertThrows } from "@std/assert";
import { maxAbs, maxDifference, relativeChange } from "./compare.ts";
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

Deno.test("a change is told in sizes of what was there, all numbers together", () => {
  const x = Tensor.from([[3, 0], [0, 4]]);
  assertEquals(relativeChange(x, x), 0, "none");
  assertEquals(relativeChange(x, Tensor.full([2, 2])), 1, "all of it gone: 5 of 5");
  assertEquals(relativeChange(x, Tensor.from([[3, 8], [6, 4]])), 2, "10 of 5");
});
