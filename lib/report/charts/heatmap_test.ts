import { assert, assertEquals } from "@std/assert";
import { DOMParser } from "linkedom";
import { sampleFigure } from "../testing/sample.ts";
import { drawFigure } from "./chart.ts";

/** The texts of a heatmap of some series, or of one axis of it. */
function texts(series: readonly (string | undefined)[], within = ""): string[] {
  const plain = sampleFigure("heatmap");
  const rows = series.flatMap((name) => plain.rows.map((row) => ({ ...row, series: name })));
  const chart = drawFigure({ ...plain, rows });
  assert(chart !== undefined, "it can be drawn");
  const svg = new DOMParser().parseFromString(chart, "image/svg+xml");
  return [...svg.querySelectorAll(`${within} text`)].map((text) => text.textContent ?? "");
}

Deno.test("both axes of a heatmap have their numbers", () => {
  for (const axis of ["x", "y"]) {
    assertEquals(texts([undefined], `[aria-label="${axis}-axis tick label"]`), ["0", "1", "2"]);
  }
});

Deno.test("a heatmap says whose it is, be it one panel or several", () => {
  assert(texts(["gpt"]).includes("gpt"), "one panel");
  for (const name of ["gpt", "echo"]) {
    assert(texts(["gpt", "echo"]).includes(name), `${name} of two`);
  }
});

Deno.test("panels that do not fit side by side stand below one another, with whole titles", () => {
  const names = Array.from({ length: 7 }, (_, i) => `model number ${i} with a change that is long`);
  const all = texts(names).join(" ");
  for (const name of names) {
    const words = name.split(" ").filter((word) => !all.includes(word));
    assertEquals(words, [], `words of "${name}" that are nowhere`);
  }
  assert(!all.includes("…"), "nothing is cut");
});
