import { assertEquals, assertThrows } from "@std/assert";
import { bars, dots, heatmap, lines, panels, type ShownRun } from "./charts.ts";

const axes = { title: "t", caption: "c", x: { label: "x" }, y: { label: "y" } };

Deno.test("each constructor says how its rows are drawn", () => {
  const figure = { ...axes, rows: [{ x: 0, y: 1, value: 2 }] };
  assertEquals([lines, bars, dots, heatmap].map((make) => make(figure).kind), [
    "lines",
    "bars",
    "dots",
    "heatmap",
  ]);
  assertEquals(lines(figure).rows, figure.rows);
});

Deno.test("a figure that could not be drawn is refused, by its title", () => {
  const zero = { x: 0, y: 0 };
  const cases: [() => unknown, string][] = [
    [() => lines({ ...axes, rows: [] }), 'the figure "t": it requires at least'],
    [() => dots({ ...axes, rows: [{ x: NaN, y: 0 }] }), "must be finite"],
    [() => heatmap({ ...axes, rows: [zero] }), "requires a value"],
    [() => dots({ ...axes, rows: [zero], reference: [{ y: Infinity, label: "" }] }), "be finite"],
    [() => bars({ ...axes, rows: [{ x: 0, y: "high" }] }), "requires a number"],
    [() => lines({ ...axes, log: true, rows: [{ x: 0, y: -1 }] }), "none below zero"],
    [() => bars({ ...axes, title: "two\nlines", rows: [zero] }), "its title requires one line"],
  ];
  for (const [make, message] of cases) assertThrows(make, RangeError, message);
});

Deno.test("on a logarithmic axis an exact zero has a place; a heatmap's is its colour", () => {
  const zero = { ...axes, log: true, rows: [{ x: 0, y: 0 }, { x: 1, y: 1e-7 }] };
  assertEquals(lines(zero).rows, zero.rows);
  assertEquals(heatmap({ ...axes, log: true, rows: [{ x: 0, y: 0, value: 3 }] }).log, true);
});

Deno.test("a matrix becomes cells, under the control's name or else the model's", () => {
  const about = { model: "m", origin: "built" };
  const run: ShownRun<number[][]> = { ...about, role: "subject", evidence: [[1, 2], [3, 4]] };
  const broken: typeof run = { ...about, role: "control", control: "no mask", evidence: [[5]] };
  assertEquals(panels([run, broken], (evidence) => evidence), [
    { x: 0, y: 0, value: 1, series: "m" },
    { x: 1, y: 0, value: 2, series: "m" },
    { x: 0, y: 1, value: 3, series: "m" },
    { x: 1, y: 1, value: 4, series: "m" },
    { x: 0, y: 0, value: 5, series: "no mask" },
  ]);
});
