import { assertEquals, assertThrows } from "@std/assert";
import { bars, dots, heatmap, lines } from "./figure.ts";

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
  assertThrows(
    () => lines({ ...axes, rows: [] }),
    RangeError,
    'the figure "t": it requires at least',
  );
  assertThrows(() => dots({ ...axes, rows: [{ x: NaN, y: 0 }] }), RangeError, "must be finite");
  assertThrows(() => heatmap({ ...axes, rows: [{ x: 0, y: 0 }] }), RangeError, "requires a value");
  assertThrows(
    () => lines({ ...axes, log: true, rows: [{ x: 0, y: -1 }] }),
    RangeError,
    "none below zero",
  );
  const zero = { ...axes, log: true, rows: [{ x: 0, y: 0 }, { x: 1, y: 1e-7 }] };
  assertEquals(lines(zero).rows, zero.rows, "an exact zero has a place of its own on such an axis");
  const log = { ...axes, log: true, rows: [{ x: 0, y: 0, value: 3 }] };
  assertEquals(
    heatmap(log).log,
    true,
    "of a heatmap, the colour is logarithmic and not the y axis",
  );
});
