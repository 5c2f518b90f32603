import { assert, assertEquals } from "@std/assert";
import type { Product } from "../../../claims/pictures/figure.ts";
import * as testing from "../../testing/drawing.ts";

function drawn(values: readonly (readonly number[])[]) {
  const unit = { name: "I", values: [[1, 0], [0, 1]] };
  const matrices = [{ name: "A", values }, unit, { name: "A again", values }] as const;
  return testing.drawn<Product>({ kind: "product", matrices });
}

Deno.test("zero is the paper; a number and its negative differ in colour and not in shade", () => {
  const paths = [...drawn([[2, -2], [1, 0]]).querySelectorAll("path")].slice(0, 3);
  const shades = paths.map((path) => [
    path.getAttribute("fill"),
    path.getAttribute("fill-opacity"),
  ]);
  assertEquals(shades, [["var(--c1)", "1"], ["var(--c2)", "1"], ["var(--c1)", "0.5"]]);
});

Deno.test("a matrix has its name, its shape and how large its numbers are", () => {
  const texts = [...drawn([[2, -3.14159], [1, 0]]).querySelectorAll("text")]
    .map((text) => text.textContent);
  assertEquals(texts.slice(0, 3), ["A", "2 × 2", "to ±3.1"]);
  assert(texts.includes("×") && texts.includes("="));
});
