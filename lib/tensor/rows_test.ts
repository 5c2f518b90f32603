import { assertEquals, assertThrows } from "@std/assert";
import { reorderPositions, stack, takeRows } from "./rows.ts";
import { Tensor } from "./tensor.ts";

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

Deno.test("a stack has its parts along a new first axis", () => {
  const [a, b] = [Tensor.from([[1, 2]]), Tensor.from([[3, 4]])];
  assertEquals(stack([a, b]).toNested(), [[[1, 2]], [[3, 4]]]);
});
