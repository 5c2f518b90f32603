import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DOMParser } from "linkedom";
import type { Figure } from "../../claims/mod.ts";
import { sampleFigure } from "../testing/sample.ts";
import { drawFigure, svgFile } from "./chart.ts";

const KINDS = ["lines", "bars", "dots", "heatmap"] as const;

function draw(figure: Figure): string {
  const chart = drawFigure(figure);
  assert(chart !== undefined, `a ${figure.kind} figure with rows must be drawn`);
  return chart;
}

function marks(chart: string, selector: string): number {
  return new DOMParser().parseFromString(chart, "image/svg+xml").querySelectorAll(selector).length;
}

Deno.test("every kind of figure is drawn with all of its rows", () => {
  const shapes: Record<Figure["kind"], string> = {
    lines: '[aria-label="dot"] circle',
    bars: '[aria-label="bar"] rect',
    dots: '[aria-label="dot"] circle',
    heatmap: '[aria-label="cell"] rect',
  };
  for (const kind of KINDS) {
    const figure = sampleFigure(kind);
    assertEquals(marks(draw(figure), shapes[kind]), figure.rows.length, `marks of ${kind}`);
  }
});

Deno.test("a chart has a name for those who cannot see it", () => {
  for (const kind of KINDS) {
    const chart = draw(sampleFigure(kind));
    assertStringIncludes(chart, `role="img"`);
    assertStringIncludes(chart, `aria-label="How far a nudge reaches, as ${kind}"`);
  }
});

Deno.test("a chart has no colour of its own, so that it fits light paper and dark", () => {
  for (const kind of KINDS) {
    const chart = draw(sampleFigure(kind));
    const colours = [...chart.matchAll(/(?:fill|stroke|color)[=:]\s*"?([^";]+)/g)].map((m) =>
      m[1].trim()
    );
    const fixed = colours.filter((colour) => !/^(currentColor|none|var\(--\w+\))$/.test(colour));
    assertEquals(fixed, [], `colours of ${kind} that do not follow the page`);
  }
});

Deno.test("a figure without rows, or without a number in them, is not drawn", () => {
  for (const kind of KINDS) {
    assertEquals(drawFigure({ ...sampleFigure(kind), rows: [] }), undefined, `${kind}: no rows`);
  }
  const words = { ...sampleFigure("dots"), rows: [{ x: 1, y: "high" }] };
  assertEquals(drawFigure(words), undefined, "dots without a height");
});

Deno.test("a single row, equal rows, zeros and logarithms of them can all be drawn", () => {
  for (const kind of KINDS) {
    for (const log of [false, true]) {
      for (const y of [0, 3, -1, 1e-12]) {
        const rows = [{ x: 0, y: kind === "heatmap" ? 0 : y, value: y }, { x: 1, y, value: y }];
        const chart = draw({ ...sampleFigure(kind), rows, log, reference: undefined });
        assert(!/NaN|undefined|Infinity/.test(chart), `${kind}, log ${log}, ${y}: ${chart}`);
      }
    }
  }
});

Deno.test("categories, long names and many series can all be drawn", () => {
  const rows = Array.from({ length: 48 }, (_, i) => ({
    x: `random transformers with scheme number ${i % 6} and a very long name`,
    y: 1 + i % 5,
    series: `series ${i % 8}`,
    value: i,
  }));
  for (const kind of KINDS) {
    const figure = { ...sampleFigure(kind), rows };
    assert(
      !/NaN|undefined|Infinity/.test(draw(figure)),
      `${kind} must have a place for everything`,
    );
  }
});

Deno.test("text in a chart is text, whatever it says", () => {
  const attack = `</text><script>alert("1")</script>&`;
  for (const kind of KINDS) {
    const plain = sampleFigure(kind);
    const chart = draw({
      ...plain,
      title: attack,
      x: { label: attack },
      y: { label: attack },
      rows: plain.rows.map((row) => ({ ...row, x: attack, series: attack + (row.series ?? "") })),
    });
    assert(!chart.includes("<script"), `${kind}: ${chart}`);
  }
});

Deno.test("a chart as a file of its own is well formed and has its colours with it", () => {
  for (const kind of KINDS) {
    const file = svgFile(draw({ ...sampleFigure(kind), title: `a > b $& "c"` }));
    const root = new DOMParser().parseFromString(file, "image/svg+xml").documentElement;
    assertStringIncludes(file, `aria-label="a &gt; b $&amp; &quot;c&quot;"`);
    assertEquals(root?.querySelectorAll("style").length, 1, "one style sheet");
    assertStringIncludes(file, 'xmlns="http://www.w3.org/2000/svg"');
    assertStringIncludes(file, "prefers-color-scheme: dark");
  }
});

Deno.test("a chart for a narrow screen is drawn within its width, its legend whole", () => {
  const names = [
    "gpt",
    "a mask that is wrong by one place",
    "a model with a very long name indeed",
  ];
  for (const kind of ["lines", "bars", "dots", "heatmap"] as const) {
    const plain = sampleFigure(kind);
    const rows = names.flatMap((series) => plain.rows.map((row) => ({ ...row, series })));
    const chart = drawFigure({ ...plain, rows }, "narrow");
    assert(chart !== undefined, `${kind} can be drawn`);
    const svg = new DOMParser().parseFromString(chart, "image/svg+xml");
    assertEquals(svg.documentElement?.getAttribute("width"), "350", `${kind} is narrow`);
    const words = [...svg.querySelectorAll("text")].map((text) => text.textContent).join(" ");
    for (const name of names) {
      const lost = name.split(" ").filter((word) => !words.includes(word));
      assertEquals(lost, [], `words of "${name}" that ${kind} leave out`);
    }
    assert(!words.includes("…"), `${kind} must cut nothing`);
  }
});
