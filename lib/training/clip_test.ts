import { assertAlmostEquals, assertStrictEquals } from "@std/assert";
import { Tensor } from "../tensor/mod.ts";
import { clipFactor, globalNorm } from "./clip.ts";

Deno.test("the norm is of all gradients as one vector: 3, 4 and 12 are 13 long", () => {
  const gradients = { a: Tensor.from([[3], [-4]]), b: Tensor.from([12]), c: Tensor.full([2]) };
  assertStrictEquals(globalNorm(gradients), 13);
});

Deno.test("the norm is summed in 64 bits", () => {
  // In 32 bits 1 + 1e-8 is 1, however often it is added.
  const gradients = { a: Tensor.from([1]), b: Tensor.full([100_000], 1e-4) };
  assertAlmostEquals(globalNorm(gradients), Math.sqrt(1.001), 1e-9);
});

Deno.test("a longer vector is cut to the limit, a shorter one left alone", () => {
  assertStrictEquals(clipFactor(13, 6.5), 0.5);
  assertStrictEquals(clipFactor(1, 1), 1, "just long enough");
  assertStrictEquals(clipFactor(0.2, 1), 1, "never made longer");
  assertStrictEquals(clipFactor(0, 1), 1, "no gradient at all");
});
