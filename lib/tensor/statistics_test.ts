import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  centre,
  columnMeans,
  max,
  mean,
  meanOverRows,
  median,
  min,
  range,
  standardError,
  sum,
} from "./statistics.ts";
import { Tensor } from "./tensor.ts";

const X = Tensor.from([[1, 10], [3, 20]]);

Deno.test("means and standard errors of a few numbers are those of the textbook", () => {
  assertEquals([sum([1, 2, 3, 6]), mean([1, 2, 3, 6]), mean(X.data)], [12, 3, 8.5]);
  assertEquals(meanOverRows([[1, 2], [3, 6], [5, 1]]), [3, 3], "over rows");
  // 2, 4, 4, 4, 5, 5, 7, 9: squares about the mean sum to 32; sqrt(32 / 7 / 8).
  assertAlmostEquals(standardError([2, 4, 4, 4, 5, 5, 7, 9]), 0.7559289460184544, 1e-15);
  assertEquals(standardError([3, 3, 3]), 0, "of equal numbers");
});

Deno.test("the median is the middle one, or halfway between the two", () => {
  assertEquals([median([5]), median([3, 1, 2]), median([4, 1, 10, 2])], [5, 2, 3]);
});

Deno.test("extremes are found among more numbers than a call takes arguments, or none, or NaN", () => {
  const many = Float32Array.from({ length: 1_000_000 }, (_, i) => i === 700_000 ? -5 : 2);
  assertEquals([max(many), min(many), range(many)], [2, -5, 7]);
  assertEquals([max([]), min([]), sum([])], [-Infinity, Infinity, 0]);
  assertEquals([max([1, NaN, 3]), min([1, NaN, 3])], [NaN, NaN], "no number hides another");
});

Deno.test("a mean for each column, and what is left of the rows without it or another row", () => {
  assertEquals([...columnMeans(X)], [2, 15]);
  assertEquals(centre(X).toNested(), [[-1, -5], [1, 5]]);
  assertEquals(centre(X, [1, 0]).toNested(), [[0, 10], [2, 20]]);
  assertEquals(X.toNested(), [[1, 10], [3, 20]], "the rows stay as they were");
});
