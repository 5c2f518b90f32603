import {
  assert,
  assertEquals,
  assertLessOrEqual,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import type { Chart, Row } from "../../claims/mod.ts";
import { parse, sound, texts } from "../testing/drawing.ts";
import * as sample from "../testing/sample.ts";
import { drawFigure, svgFile } from "./chart.ts";
import { LINE, widthOf } from "./labels.ts";

/** Registers a test of every kind of figure, with the sample of that kind. */
function testEach(name: string, body: (figure: Chart) => void): void {
  Deno.test(name, () => sample.FIGURE_KINDS.forEach((kind) => body(sample.figure(kind))));
}

function draw(figure: Chart, screen: "wide" | "narrow" = "wide"): string {
  return sound(drawFigure(figure)[screen]);
}

/** The sample with all of its rows once for each of some series. */
function withSeries(figure: Chart, names: readonly (string | undefined)[]): Chart {
  const rows = names.flatMap((series) => figure.rows.map((row) => ({ ...row, series })));
  return { ...figure, rows };
}

/** Asserts that a chart has every word of some names, and cuts no text. */
function assertWhole(chart: string, names: readonly string[]): void {
  const all = texts(chart).join(" ");
  const lost = names.flatMap((name) => name.split(" ")).filter((word) => !all.includes(word));
  assertEquals(lost, [], "words that are nowhere");
  assert(!all.includes("…"), "nothing is cut");
}

testEach("every kind of figure is drawn with all of its rows", (figure) => {
  const shape = {
    lines: '[data-mark="dot"] circle',
    bars: '[data-mark="bar"] rect',
    dots: '[data-mark="dot"] circle',
    heatmap: '[data-mark="cell"] rect',
  }[figure.kind];
  const marks = parse(draw(figure)).querySelectorAll(shape);
  assertEquals(marks.length, figure.rows.length, `marks of ${figure.kind}`);
});

testEach("a chart has a name for those who cannot see it", (figure) => {
  assertStringIncludes(draw(figure), `role="img"`);
  assertStringIncludes(draw(figure), `aria-label="How far a nudge reaches, as ${figure.kind}"`);
});

testEach("a figure without rows, or without a number in them, is refused", (figure) => {
  for (const rows of [[], [{ x: 1, y: "high" }]]) {
    assertThrows(() => drawFigure({ ...figure, rows }), RangeError, "requires", figure.kind);
  }
});

testEach("categories, long names and many series can all be drawn", (figure) => {
  const rows = Array.from({ length: 48 }, (_, i) => ({
    x: `random transformers with scheme number ${i % 8} and a very long name`,
    y: 1 + i % 5,
    series: `series ${i % 6}`,
    value: i,
  }));
  draw({ ...figure, rows });
});

testEach("every finite number can be drawn, whatever stands beside it", (figure) => {
  for (const log of [false, true]) {
    const x = fc.double({ noNaN: true, noDefaultInfinity: true });
    const y = log ? x.map(Math.abs) : x;
    const row: fc.Arbitrary<Row> = fc.record({ x, y, value: y });
    // Rows that span nothing: of zeros, of next to nothing; one that stands alone, and equal ones.
    const [alone, ...twice] = [0, 3, log ? 1 : -1, 1e-12, 5e-324]
      .map((y) => ({ x: y, y, value: y }));
    const examples = [[[alone]], ...[alone, ...twice].map((row) => [[row, row]])] as [Row[]][];
    // A drawing takes long whatever is in it, so few have many rows: what breaks an axis is two
    // numbers, and a drawing of seven has twenty-one pairs of them.
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 7 }), (rows) => {
        draw({ ...figure, rows, log });
      }),
      { seed: 5, numRuns: examples.length + 4, examples },
    );
  }
});

Deno.test("ticks are told apart, on either axis", () => {
  const rows = [4.2101, 4.2105, 4.2109].map((value) => ({ x: value, y: value }));
  for (const axis of ["x", "y"]) {
    const chart = draw({ ...sample.figure("dots"), rows, reference: [] });
    const labels = texts(chart, `[data-mark="${axis}-axis tick label"]`);
    assertEquals(new Set(labels).size, labels.length, `on ${axis}: ${labels}`);
    assert(labels.includes("4.2106"), `on ${axis}: ${labels}`);
  }
});

testEach("a chart as a file of its own is well formed and has its colours with it", (figure) => {
  const file = svgFile(draw({ ...figure, title: `a > b $& "c"` }));
  assertStringIncludes(file, `aria-label="a &gt; b $&amp; &quot;c&quot;"`);
  assertEquals(parse(file).querySelectorAll("style").length, 1, "one style sheet");
  assertStringIncludes(file, 'xmlns="http://www.w3.org/2000/svg"');
  assertStringIncludes(file, "prefers-color-scheme: dark");
});

testEach("a chart for a narrow screen is drawn within its width, its legend whole", (figure) => {
  const names = ["gpt", "a mask that is wrong by one place", "a model with a long name indeed"];
  const chart = draw(withSeries(figure, names), "narrow");
  assertEquals(parse(chart).documentElement?.getAttribute("width"), "350", figure.kind);
  assertWhole(chart, names);
});

Deno.test("the last number of a horizontal axis is within the picture", () => {
  const along = [1024, 4096, 16_384, 163_840].map((x) => ({ x, y: 1 }));
  const across = Array.from({ length: 9 }, (_, n) => ({ x: `a name of length ${n}`, y: 1e6 * n }));
  for (const [kind, rows] of [["lines", along], ["dots", along], ["bars", across]] as const) {
    const chart = draw({ ...sample.figure(kind), rows }, "narrow");
    const svg = parse(chart).querySelector("svg")!;
    const last = [...svg.querySelectorAll('[data-mark="x-axis tick label"] text')].at(-1)!;
    const [, at] = /translate\(([\d.]+)/.exec(last.getAttribute("transform")!)!;
    const end = Number(at) + widthOf([last.textContent]) / 2;
    assertLessOrEqual(end, Number(svg.getAttribute("width")), kind);
  }
});

Deno.test("both axes of a heatmap have their numbers", () => {
  const chart = draw(withSeries(sample.figure("heatmap"), [undefined]));
  for (const axis of ["x", "y"]) {
    assertEquals(texts(chart, `[data-mark="${axis}-axis tick label"]`), ["0", "1", "2"]);
  }
});

Deno.test("the names of a heatmap's columns stand apart, however many there are", () => {
  for (const count of [5, 20, 60]) {
    const rows = Array.from({ length: count }, (_, i) => ({ x: `${i} so`, y: i, value: i }));
    for (const screen of ["wide", "narrow"] as const) {
      const ticks = parse(draw({ ...sample.figure("heatmap"), rows }, screen))
        .querySelectorAll('[data-mark="x-axis tick label"] text');
      const [first, second] = [...ticks].map((tick) => tick.getAttribute("transform")!);
      const [at, next] = [first, second].map((moved) =>
        Number(/translate\(([\d.]+)/.exec(moved)![1])
      );
      const wide = first.includes("rotate(-90)") ? LINE : widthOf(["0 so"]);
      assertLessOrEqual(wide, next - at, `${count} of them, ${screen}`);
    }
  }
});

Deno.test("a heatmap says whose it is in whole words, be it one panel or many below one another", () => {
  const many = Array.from({ length: 7 }, (_, i) => `model number ${i} with a change that is long`);
  for (const names of [["gpt"], ["gpt", "echo"], many]) {
    assertWhole(draw(withSeries(sample.figure("heatmap"), names)), names);
  }
});

testEach("names of categories are there whole, at any width", (figure) => {
  const names = [
    "both seeds of learned positions",
    "gpt",
    "one seed with a mask that opens halfway",
  ];
  const rows = names.flatMap((x, i) => [{ x, y: i, value: i }, { x, y: i + 1, value: 2 * i }]);
  for (const screen of ["wide", "narrow"] as const) {
    assertWhole(draw({ ...figure, rows }, screen), names);
  }
  const upright = rows.map(({ x, y, value }) => ({ x: y, y: x, value }));
  if (figure.kind === "heatmap") assertWhole(draw({ ...figure, rows: upright }, "narrow"), names);
});

testEach(
  "titles of axes and lines to compare with are there whole on a narrow screen",
  (figure) => {
    const long = (name: string) =>
      `${name} of what was nudged, told over all of the heads of a layer`;
    const axes = { x: { label: long("place") }, y: { label: long("size") } };
    const reference = [{ y: 1, label: long("chance") }];
    const names = ["place", "size", ...(figure.kind === "heatmap" ? [] : ["chance"])].map(long);
    assertWhole(draw({ ...figure, ...axes, reference }, "narrow"), names);
  },
);

Deno.test("a heatmap has a stroke across what is exactly zero, and only there", () => {
  const values = [0, 1e-9, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
  const rows = values.map((value, x) => ({ x, y: 0, value }));
  const chart = draw({ ...sample.figure("heatmap"), rows }, "narrow");
  const marks = [...parse(chart).querySelectorAll('[data-mark="vector"] path')];
  const below = marks.filter((mark) => !mark.closest("[transform*=',-']"));
  assertEquals(below.length, 2, "besides the one in the legend");
  assert(texts(chart).includes("exactly 0"), "and says so");
  const none = draw({ ...sample.figure("heatmap"), rows: rows.slice(3) }, "narrow");
  assert(!texts(none).includes("exactly 0"), "where there is one");
});

Deno.test("cells that have room say their numbers instead", () => {
  const rows = [0, -0.98, 1].map((value, x) => ({ x, y: 0, value }));
  const chart = draw({ ...sample.figure("heatmap"), rows });
  assertEquals(texts(chart).filter((text) => /^-?[01](\.\d\d)?$/.test(text)).slice(-3), [
    ...["0", "-0.98", "1.00"],
  ]);
  assert(!texts(chart).includes("exactly 0"));
});

Deno.test("bars on a logarithmic axis are dots, since their foot would be anywhere", () => {
  const chart = draw({ ...sample.figure("bars"), log: true });
  const [bars, dots] = ["bar", "dot"].map((mark) =>
    parse(chart).querySelectorAll(`[data-mark="${mark}"] rect, [data-mark="${mark}"] circle`)
      .length
  );
  assertEquals([bars, dots], [0, 16]);
});

Deno.test("each line to compare with has dashes of its own, and a name in the legend", () => {
  const reference = [{ y: 1, label: "chance" }, { y: 0.5, label: "half of it" }];
  const chart = parse(draw({ ...sample.figure("lines"), reference }));
  const dashes = [...chart.querySelectorAll('[data-mark="rule"]')]
    .map((rule) => rule.getAttribute("stroke-dasharray"));
  assertEquals(new Set(dashes).size, 2);
  for (const { label } of reference) assert(texts(chart.toString()).includes(label), label);
});
