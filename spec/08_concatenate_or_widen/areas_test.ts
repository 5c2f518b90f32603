import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Tensor } from "../../lib/tensor/mod.ts";
import { spread } from "./areas.ts";

Deno.test("vectors along one coordinate, in order, fill one dimension and are a ruler", () => {
  const { ratio, directions, ruler, coordinates, along } = spread(
    Tensor.from([[7, 0], [7, 2], [7, 4], [7, 6]]),
  );
  assertAlmostEquals(ratio, 1, 1e-6);
  assertEquals(directions, 1);
  assertAlmostEquals(ruler, 1, 1e-6);
  assertAlmostEquals(coordinates, 1, 1e-6);
  assertEquals(along.map(Math.sign), [-1, -1, 1, 1], "from the first to the last");
});

Deno.test("vectors that mirror each other are no ruler, and may lie across the coordinates", () => {
  const { directions, ruler, coordinates } = spread(Tensor.from([[1, 1], [-1, -1], [1, 1]]));
  assertEquals(directions, 1);
  assertAlmostEquals(ruler, 0, 1e-6);
  assertAlmostEquals(coordinates, 2, 1e-6);
});
