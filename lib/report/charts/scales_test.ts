import { assert, assertEquals } from "@std/assert";
import type { Chart } from "../../claims/mod.ts";
import { figure } from "../testing/sample.ts";
import { drawFigure } from "./chart.ts";
import { fitsScales } from "./scales.ts";

/** The figure with all that is measured in it multiplied. */
function times(factor: number, chart: Chart): Chart {
  const rows = chart.rows.map(({ y, value, ...row }) => ({
    ...row,
    y: value === undefined ? factor * (y as number) : y,
    ...value === undefined ? {} : { value: factor * value },
  }));
  return { ...chart, rows };
}

/** What stands at the ticks of the vertical axis, or in the legend of the colours. */
function scaleOf(svg: string): string[] {
  return [...svg.matchAll(/>([-\d.]+)<\/text>|>([-\d.]+)<\/tspan>/g)].map((found) => found[0]);
}

for (const kind of ["lines", "bars", "dots"] as const) {
  Deno.test(`${kind} whose numbers fit are drawn on the scale of another figure`, () => {
    const sound = figure(kind);
    const small = { ...times(0.1, sound), reference: undefined };
    const { wide, alike } = drawFigure(small, sound);
    assertEquals(alike, true);
    assertEquals(scaleOf(wide), scaleOf(drawFigure(sound).wide));
    assert(scaleOf(wide).join() !== scaleOf(drawFigure(small).wide).join(), "not its own");
    const large = times(10, sound);
    const own = drawFigure(large, sound);
    assertEquals(own, { ...drawFigure(large), alike: false }, "what does not fit has its own");
  });
}

Deno.test("colours mean what they mean in the other figure where the largest fits in", () => {
  const sound = figure("heatmap");
  assertEquals(drawFigure(sound, sound), { ...drawFigure(sound), alike: true });
  const pale = drawFigure(times(0.5, sound), sound).wide;
  assert(pale.includes('fill-opacity="0.5"'), "half as much is half as dark");
  assertEquals(fitsScales(times(2, sound), sound), false);
});

Deno.test("a logarithmic axis is shared only where a zero has its place there, too", () => {
  const log: Chart = { ...figure("dots"), log: true, reference: undefined };
  const positive = { ...log, rows: log.rows.filter(({ y }) => (y as number) > 0) };
  assertEquals(fitsScales(positive, log), true);
  assertEquals(fitsScales(log, positive), false);
});

Deno.test("what has no scale is neither", () => {
  const panels = [{ tokens: ["a"], under: ["b"] }];
  const words = { kind: "sentence" as const, title: "a", caption: "b", panels };
  assertEquals(fitsScales(words, words), undefined);
  assertEquals(fitsScales(words, figure("dots")), false);
  const shaded = { ...words, value: { label: "probability" } };
  assertEquals(fitsScales(shaded, shaded), true, "shades go from nothing to one everywhere");
});
