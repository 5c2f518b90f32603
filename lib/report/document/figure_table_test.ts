import { assertEquals } from "@std/assert";
import type { Chart } from "../../claims/mod.ts";
import * as sample from "../testing/sample.ts";
import { figureTable } from "./figure_table.ts";

function tableOf(kind: Chart["kind"], changed: Partial<Chart> = {}) {
  return figureTable({ ...sample.figure(kind), ...changed });
}

Deno.test("the table of a figure has a column for each series and each reference line", () => {
  const { head, rows } = tableOf("lines");
  assertEquals(head, ["position (tokens)", "sound", "sabotaged", "chance"], "x, series, lines");
  assertEquals(rows.length, 8, "a line for each x");
  assertEquals(rows[1], [1, 0.25, 0.75, 1], "with every value as it is");
});

Deno.test("a series that lacks an x has an empty cell there", () => {
  const rows = [{ x: 0, y: 1, series: "a" }, { x: 1, y: 2, series: "b" }];
  const table = tableOf("dots", { rows, reference: [] });
  assertEquals(table.rows, [[0, 1, ""], [1, "", 2]], "and nothing is made up");
});

Deno.test("marks that share a place are listed one by one", () => {
  const table = tableOf("dots", { rows: [{ x: "gpt", y: 1 }, { x: "gpt", y: 2 }] });
  assertEquals(table.head, ["position (tokens)", "moved by"], "the axes with their units");
  assertEquals(table.rows, [["gpt", 1], ["gpt", 2], ["line: chance", 1]], "none is lost");
  const cells = [1, 2].map((value) => ({ x: 0, y: 0, series: "gpt", value }));
  assertEquals(tableOf("heatmap", { rows: cells }), {
    head: ["series", "position (tokens)", "nudged", "moved by"],
    rows: [["gpt", 0, 0, 1], ["gpt", 0, 0, 2]],
  }, "cells too, with their series and values");
});

Deno.test("the table of a heatmap is laid out as the map is", () => {
  const { head, rows } = tableOf("heatmap");
  assertEquals(head, ["nudged ↓ position (tokens) →", "0", "1", "2"], "a column for each column");
  assertEquals(rows, [[0, 1.5, 0, 0], [1, 0, 1.5, 0], [2, 0, 0, 1.5]], "a line for each row");
});

Deno.test("the table of several heatmaps names each", () => {
  const facets = ["sound", "sabotaged"].flatMap((series) =>
    sample.figure("heatmap").rows.map((row) => ({ ...row, series }))
  );
  const { rows } = tableOf("heatmap", { rows: facets });
  assertEquals(rows.length, 6, "three lines each");
  assertEquals(rows[4], ["sabotaged", 1, 0, 1.5, 0], "with the name of its map");
});

Deno.test("a figure without rows has a table without rows", () => {
  for (const kind of sample.FIGURE_KINDS) assertEquals(tableOf(kind, { rows: [] }).rows, [], kind);
});
