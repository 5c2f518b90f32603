import { assert, assertEquals } from "@std/assert";
import type { Arcs } from "../../../claims/pictures/figure.ts";
import * as testing from "../../testing/drawing.ts";

const TOKENS = ["I", " am", " not", " what", " I", " am"];

function drawn(arcs: Arcs["panels"][number]["arcs"], width = 640) {
  const panels = [{ tokens: TOKENS, arcs }];
  return testing.drawn<Arcs>({ kind: "arcs", value: { label: "weight" }, panels }, width);
}

function thicknesses(arcs: Arcs["panels"][number]["arcs"]): number[] {
  return [...drawn(arcs).querySelectorAll("path[stroke-width]")]
    .map((line) => Number(line.getAttribute("stroke-width")));
}

Deno.test("an arrow is as thick as its weight, and the weightiest lies on top", () => {
  const arcs = [1, 0.5, 0.25].map((weight, to) => ({ from: 4, to, weight }));
  const [thin, middle, thick] = thicknesses(arcs);
  assertEquals([middle / thin, thick / middle], [2, 2]);
});

Deno.test("an arrow of next to nothing is still seen, also from a token to itself", () => {
  const [least] = thicknesses([{ from: 3, to: 3, weight: 0 }]);
  assert(least > 0.5);
});

Deno.test("an arrow says from where to where it goes", () => {
  const root = drawn([{ from: 4, to: 1, weight: 0.75 }]);
  assertEquals(root.querySelectorAll("title")[1].textContent, "I (5) looks at am (2): 0.75");
});

Deno.test("a text that is too wide for a row stands as a column", () => {
  const [row, column] = [640, 150].map((width) =>
    new Set(
      [...drawn([], width).querySelectorAll("g > rect[rx]")].map((box) => box.getAttribute("y")),
    ).size
  );
  assertEquals([row, column], [1, TOKENS.length]);
});
