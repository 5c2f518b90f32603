import { assertEquals } from "@std/assert";
import { matrixOf, tensorOf } from "./matrix.ts";
import { Tensor } from "./tensor.ts";

const X = Tensor.from([[1, 2, 3], [4, 5, 6]]);

Deno.test("a tensor in 64 bits and back, whole or its first columns", () => {
  assertEquals(matrixOf(X).to2DArray(), [[1, 2, 3], [4, 5, 6]]);
  assertEquals(tensorOf(matrixOf(X)), X);
  assertEquals(tensorOf(matrixOf(X), 2).toNested(), [[1, 2], [4, 5]]);
});
