import { assertEquals, assertThrows } from "@std/assert";
import { evenRows, reorderRows, stack, takeColumns, takeRows } from "./rows.ts";
import { Tensor } from "./tensor.ts";

Deno.test("reordered rows keep what is in them", () => {
  const x = Tensor.from([[1, 2], [3, 4], [5, 6]]);
  assertEquals(reorderRows(x, [2, 0, 1]).toNested(), [[5, 6], [1, 2], [3, 4]], "the third first");
});

Deno.test("an order that drops or repeats a row is refused", () => {
  for (const order of [[0, 1], [0, 0, 1], [0, 1, 3]]) {
    const message = `each of 3 once is required, got [${order}]`;
    assertThrows(() => reorderRows(Tensor.full([3, 1]), order), RangeError, message);
  }
});

Deno.test("rows, and columns, are taken by number, as often as they are named", () => {
  const x = Tensor.from([[1, 2], [3, 4], [5, 6]]);
  assertEquals(takeRows(x, [2, 0, 2]).toNested(), [[5, 6], [1, 2], [5, 6]]);
  assertEquals(takeRows(x, []).shape, [0, 2], "none");
  assertThrows(() => takeRows(x, [3]), RangeError);
  assertEquals(takeColumns(x, [1, 1]).toNested(), [[2, 2], [4, 4], [6, 6]]);
});

Deno.test("rows are taken evenly, and none twice", () => {
  const x = Tensor.from([[0], [1], [2], [3], [4]]);
  const cases = [[1, [0]], [2, [0, 2]], [5, [0, 1, 2, 3, 4]], [9, [0, 1, 2, 3, 4]]] as const;
  for (const [rows, taken] of cases) {
    assertEquals([...evenRows(x, rows).data], [...taken], `${rows} of five`);
  }
});

Deno.test("a stack has its parts along a new first axis", () => {
  const [a, b] = [Tensor.from([[1, 2]]), Tensor.from([[3, 4]])];
  assertEquals(stack([a, b]).toNested(), [[[1, 2]], [[3, 4]]]);
});
