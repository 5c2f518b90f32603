import { assert, assertEquals } from "@std/assert";
import type { Sentence } from "../../../claims/pictures/figure.ts";
import * as testing from "../../testing/drawing.ts";

/** The boxes and texts of a sentence of one panel, in the order of its tokens. */
function drawn(panel: Sentence["panels"][number], width = 640) {
  const root = testing.drawn<Sentence>({ kind: "sentence", panels: [panel] }, width);
  const numbers = (name: string) =>
    [...root.querySelectorAll("rect")].map((box) => Number(box.getAttribute(name)));
  return {
    lefts: numbers("x"),
    widths: numbers("width"),
    shades: numbers("fill-opacity"),
    texts: [...root.querySelectorAll("text")].map((text) => text.textContent),
  };
}

Deno.test("the pieces of a word touch, and words stand apart", () => {
  const { lefts, widths } = drawn({ tokens: [" se", "en", " it"] });
  const rooms = lefts.slice(1).map((left, i) => left - lefts[i] - widths[i]);
  assertEquals(rooms.map((room) => room > 1), [false, true]);
});

Deno.test("a text is broken between words where it can be", () => {
  const { lefts } = drawn({ tokens: [" one", " two", " thr", "ee", " four"] }, 120);
  const starts = lefts.filter((left) => left < 1).length;
  assertEquals([starts, lefts[2] < 1], [2, true], "the word of two pieces begins a line");
});

Deno.test("a shade of nothing is the paper, and the whole is full", () => {
  assertEquals(drawn({ tokens: ["a", "b", "c"], shade: [0, 0.5, 1] }).shades, [0, 0.5, 1]);
  assertEquals(drawn({ tokens: ["a"] }).shades, [0], "without a shade too");
});

Deno.test("what stands under a token makes room for itself, line by line", () => {
  const { widths, texts } = drawn({ tokens: ["a", "b"], under: ["", "much longer\n41%"] });
  assertEquals(texts, ["a", "b", "much longer", "41%"]);
  assert(widths[1] > 3 * widths[0]);
});

Deno.test("blanks and new lines are seen", () => {
  assertEquals(drawn({ tokens: [" ", "\n", "a b"], under: ["\n", " ", ""] }).texts, [
    ...["␣", "↵", "↵", "␣", "a␣b"],
  ]);
});
