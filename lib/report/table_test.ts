import { assertEquals } from "@std/assert";
import { figureTable } from "./table.ts";
import { sampleFigure } from "./sample.ts";

Deno.test("the table of a figure has all of its data and its reference lines", () => {
  const { head, rows } = figureTable(sampleFigure("lines"));
  assertEquals(head, ["series", "position (tokens)", "moved by"], "series and axes with units");
  assertEquals(rows.length, 17, "two series of eight, and one line");
  assertEquals(rows[9], ["sabotaged", 1, 0.75], "a row as it is");
  assertEquals(rows[16], ["", "line: chance", 1], "the line to compare with");
});

Deno.test("the table of a heatmap has the value of every cell", () => {
  const { head, rows } = figureTable(sampleFigure("heatmap"));
  assertEquals(head, ["position (tokens)", "nudged", "moved by"], "both axes and the value");
  assertEquals(rows.length, 9, "every cell");
  assertEquals(rows[0], [0, 0, 1.5], "as it is");
});

Deno.test("a figure without rows has a table without rows", () => {
  const figure = { ...sampleFigure("bars"), rows: [], reference: [] };
  assertEquals(figureTable(figure).rows, [], "and nothing is made up");
});
