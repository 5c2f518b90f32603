import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../tensor/random.ts";
import { dot } from "../../tensor/arithmetic.ts";
import { addScaled, randomDirections } from "./random_directions.ts";

Deno.test("random directions have length 1 and are at right angles", () => {
  const rows = randomDirections(new Random("directions"), 5, 8);
  rows.forEach((a, i) =>
    // Sums of eight products in 64 bits.
    rows.forEach((b, j) => assertAlmostEquals(dot(a, b), i === j ? 1 : 0, 1e-12, `${i} and ${j}`))
  );
  assertEquals(rows, randomDirections(new Random("directions"), 5, 8), "the same from one seed");
});

Deno.test("a multiple is added in place", () => {
  const sum = Float64Array.of(1, 2);
  addScaled(sum, Float64Array.of(10, 20), 0.5);
  assertEquals([...sum], [6, 12]);
});
