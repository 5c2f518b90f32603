import { assertAlmostEquals } from "@std/assert";
import { gapsBetween } from "./toys.ts";

Deno.test("the gaps between directions add up to a full turn, in whatever order they come", () => {
  const gaps = gapsBetween([[0, -2], [1, 0], [-3, 0]]);
  [90, 90, 180].forEach((gap, i) => assertAlmostEquals(gaps.toSorted((a, b) => a - b)[i], gap));
});
