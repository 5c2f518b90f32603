import { assert, assertEquals } from "@std/assert";
import type { Vectors } from "../../../claims/pictures/figure.ts";
import { drawn } from "../../testing/drawing.ts";

/** How long the arrows are drawn, without their heads. */
function lengths(panels: Vectors["panels"], width = 640): number[] {
  const lines = drawn<Vectors>({ kind: "vectors", panels }, width).querySelectorAll("line");
  return [...lines].map((line) => {
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((n) => Number(line.getAttribute(n)));
    return Math.hypot(x2 - x1, y2 - y1);
  });
}

Deno.test("all panels have one scale", () => {
  const [one, two, three] = lengths([
    { vectors: [{ x: 1, y: 0, label: "a" }, { x: 0, y: 2, label: "b" }] },
    { vectors: [{ x: -3, y: 0, label: "c" }] },
  ]);
  assert(Math.abs((three - two) - (two - one)) < 0.1, `${one}, ${two}, ${three}`);
});

Deno.test("an arrow of no length is a point", () => {
  assertEquals(lengths([{ vectors: [{ x: 0, y: 0, label: "nothing" }] }]), [0]);
});

Deno.test("long labels leave room for the arrows, at any width", () => {
  const label = "a direction with a very long name";
  for (const width of [640, 350]) {
    const [length] = lengths([{ vectors: [{ x: 1, y: 1, label }] }], width);
    assert(length > 20, `${length} at ${width}`);
  }
});
