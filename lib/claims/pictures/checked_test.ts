import { assertEquals, assertThrows } from "@std/assert";
import { checked } from "./checked.ts";
import type { Chart, Figure } from "./figure.ts";

const titled = { title: "t", caption: "c" };
const value = { label: "share" };
const tokens = ["a", " b"];
const square = { name: "W", values: [[1, 0], [0, 1]] };
const long = { name: "W", values: Array.from({ length: 65 }, () => [0, 1]) };

Deno.test("an illustration that can be drawn is itself", () => {
  const figures: Figure[] = [
    { kind: "sentence", ...titled, panels: [{ tokens, under: ["", "c"], shade: [0, 1] }] },
    { kind: "arcs", ...titled, value, panels: [{ tokens, arcs: [{ from: 1, to: 0, weight: 1 }] }] },
    { kind: "vectors", ...titled, panels: [{ vectors: [{ x: -2, y: 5, label: "up" }] }] },
    { kind: "fan", ...titled, value, panels: [{ paths: [{ through: [], share: 0.5 }] }] },
    { kind: "product", ...titled, matrices: [square, square, square] },
  ];
  for (const figure of figures) assertEquals(checked(figure), figure);
});

Deno.test("an illustration that cannot be drawn is refused, with what is wrong", () => {
  const arc = { from: 1, to: 0, weight: 0.5 };
  const arcs = (changed: Partial<typeof arc>): Figure => ({
    ...{ kind: "arcs", ...titled, value },
    panels: [{ tokens, arcs: [{ ...arc, ...changed }] }],
  });
  const cases: [Figure, string][] = [
    [{ kind: "vectors", ...titled, panels: [] }, "at least one panel, got none"],
    [{ kind: "sentence", ...titled, panels: [{ tokens: [] }] }, "something to draw"],
    [{ kind: "sentence", ...titled, panels: [{ tokens, under: ["c"] }] }, "2 tokens require as"],
    [{ kind: "sentence", ...titled, panels: [{ tokens, shade: [0, 2] }] }, "from 0 to 1, got 2"],
    [arcs({ to: 2 }), "an arc must stay in the text, got place 2"],
    [arcs({ weight: NaN }), "must be finite"],
    [arcs({ weight: -0.1 }), "from 0 to 1, got -0.1"],
    [
      { kind: "fan", ...titled, value, panels: [{ paths: [{ through: ["x"], share: 7 }] }] },
      "from 0 to 1, got 7",
    ],
    [{ kind: "product", ...titled, matrices: [square, long, square] }, "[2,2], [65,2], [2,2]"],
    [{ kind: "product", ...titled, matrices: [long, square, long] }, "at most 64 cells, got 65"],
  ];
  for (const [figure, message] of cases) {
    assertThrows(() => checked(figure), RangeError, message);
  }
});

const axes = { ...titled, x: { label: "x" }, y: { label: "y" } };

Deno.test("a chart that could not be drawn is refused, by its title", () => {
  const zero = { x: 0, y: 0 };
  const seven = Array.from({ length: 7 }, (_, i) => ({ ...zero, series: `${i}` }));
  const cases: [Partial<Chart>, string][] = [
    [{ rows: [] }, 'the figure "t": it requires at least'],
    [{ rows: [{ x: NaN, y: 0 }] }, "must be finite"],
    [{ kind: "heatmap", rows: [zero] }, "requires a value"],
    [{ rows: [zero], reference: [{ y: Infinity, label: "" }] }, "must be finite"],
    [{ rows: [{ x: 0, y: "high" }] }, "requires a number"],
    [{ log: true, rows: [{ x: 0, y: -1 }] }, "none below zero"],
    [{ title: "two\nlines", rows: [zero] }, "its title requires one line"],
    [{ rows: seven }, "at most 6 series have a colour, got 7"],
  ];
  for (const [changes, message] of cases) {
    const chart: Chart = { kind: "dots", ...axes, rows: [], ...changes };
    assertThrows(() => checked(chart), RangeError, message);
  }
});

Deno.test("on a logarithmic axis an exact zero has a place, and panels may be many", () => {
  const rows = Array.from({ length: 7 }, (_, x) => ({ x, y: 0, value: 0, series: `${x}` }));
  const drawable: Chart[] = [
    { kind: "lines", ...axes, log: true, rows: rows.slice(0, 2) },
    { kind: "heatmap", ...axes, log: true, rows },
  ];
  for (const chart of drawable) assertEquals(checked(chart), chart);
});
