import { assertEquals } from "@std/assert";
import { centre, columnMeans } from "./centre.ts";
import { Tensor } from "./tensor.ts";

const X = Tensor.from([[1, 10], [3, 20]]);

Deno.test("a mean for each column, and what is left of the rows without it", () => {
  assertEquals([...columnMeans(X)], [2, 15]);
  assertEquals(centre(X).toNested(), [[-1, -5], [1, 5]]);
  assertEquals(X.toNested(), [[1, 10], [3, 20]], "the rows stay as they were");
});

Deno.test("any other row can be taken off", () => {
  assertEquals(centre(X, [1, 0]).toNested(), [[0, 10], [2, 20]]);
});
