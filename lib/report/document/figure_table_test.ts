import { assertEquals } from "@std/assert";
import { figureTable } from "./figure_table.ts";
import { sampleFigure } from "../testing/sample.ts";

Deno.test("the table of a figure has a column for each series and each reference line", () => {
  const { head, rows } = figureTable(sampleFigure("lines"));
  assertEquals(head, ["position (tokens)", "sound", "sabotaged", "chance"], "x, series, lines");
  assertEquals(rows.length, 8, "a line for each x");
  assertEquals(rows[1], [1, 0.25, 0.75, 1], "with every value as it is");
});

Deno.test("a series that lacks an x has an empty cell there", () => {
  const rows = [{ x: 0, y: 1, series: "a" }, { x: 1, y: 2, series: "b" }];
  assertEquals(
    figureTable({ ...sampleFigure("dots"), rows, reference: [] }).rows,
    [[0, 1, ""], [1, "", 2]],
    "and nothing is made up",
  );
});

Deno.test("marks that share a place are listed one by one", () => {
  const rows = [{ x: "gpt", y: 1 }, { x: "gpt", y: 2 }];
  const table = figureTable({ ...sampleFigure("dots"), rows });
  assertEquals(table.head, ["position (tokens)", "moved by"], "the axes with their units");
  assertEquals(table.rows, [["gpt", 1], ["gpt", 2], ["line: chance", 1]], "none is lost");
});

Deno.test("the table of a heatmap is laid out as the map is", () => {
  const { head, rows } = figureTable(sampleFigure("heatmap"));
  assertEquals(head, ["nudged ↓ position (tokens) →", "0", "1", "2"], "a column for each column");
  assertEquals(rows, [[0, 1.5, 0, 0], [1, 0, 1.5, 0], [2, 0, 0, 1.5]], "a line for each row");
});

Deno.test("the table of several heatmaps names each", () => {
  const one = sampleFigure("heatmap");
  const facets = ["sound", "sabotaged"].flatMap((series) =>
    one.rows.map((row) => ({ ...row, series }))
  );
  const { rows } = figureTable({ ...one, rows: facets });
  assertEquals(rows.length, 6, "three lines each");
  assertEquals(rows[4], ["sabotaged", 1, 0, 1.5, 0], "with the name of its map");
});

Deno.test("a figure without rows has a table without rows", () => {
  for (const kind of ["lines", "bars", "dots", "heatmap"] as const) {
    assertEquals(figureTable({ ...sampleFigure(kind), rows: [] }).rows, [], kind);
  }
});
