import { assertEquals } from "@std/assert";
import { dot, Random } from "../../tensor/mod.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { randomDirections } from "./random_directions.ts";

Deno.test("random directions have length 1 and are at right angles", () => {
  const rows = randomDirections(new Random("directions"), 5, 8);
  rows.forEach((a, i) =>
    // Sums of eight products in 64 bits.
    assertClose(rows.map((b) => dot(a, b)), Array(5).fill(0).with(i, 1), 1e-12, `row ${i}`)
  );
  assertEquals(rows, randomDirections(new Random("directions"), 5, 8), "the same from one seed");
});
