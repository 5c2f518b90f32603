import type { Chart, Figure, Row } from "../../claims/mod.ts";
import { axisLabel, seriesOf } from "../figure_labels.ts";
import { illustrationTable } from "./illustration_table.ts";
import { type Cell, cellText, type Table } from "./table.ts";

/** What a row has in a column. */
type CellOf = (row: Row) => Cell;

/** The data of a figure as a table: across where every mark has a place of its own, else a list. */
export function figureTable(figure: Figure): Table {
  if (!("rows" in figure)) return illustrationTable(figure);
  const [place, laidOut] = figure.kind === "heatmap"
    ? [(row: Row) => [seriesOf(row), row.y, row.x], heatmapTable]
    : [(row: Row) => [seriesOf(row), row.x], seriesTable];
  const places = new Set(figure.rows.map((row) => JSON.stringify(place(row))));
  return places.size === figure.rows.length ? laidOut(figure) : listTable(figure);
}

/** A line for each x, a column for each series and each reference line. */
function seriesTable({ x, y, rows, reference = [] }: Chart): Table {
  const names = distinct(rows.map(seriesOf));
  const lines = layOut(rows, names, {
    line: (row) => row.x,
    column: seriesOf,
    cell: (row) => row.y,
  });
  return {
    head: [
      axisLabel(x),
      ...names.map((name) => name || axisLabel(y)),
      ...reference.map((line) => line.label),
    ],
    rows: lines.map((line) => [...line, ...reference.map(({ y }) => y)]),
  };
}

/** A line for each row of cells, a column for each column of cells. */
function heatmapTable({ x, y, rows }: Chart): Table {
  const columns = distinct(rows.map((row) => row.x));
  const maps = [...Map.groupBy(rows, seriesOf)];
  const named = maps.length > 1;
  const cells = { line: (row: Row) => row.y, column: (row: Row) => row.x, cell: valueOf };
  return {
    head: [
      ...(named ? ["panel"] : []),
      `${axisLabel(y)} ↓ ${axisLabel(x)} →`,
      ...columns.map(cellText),
    ],
    rows: maps.flatMap(([name, own]) =>
      layOut(own, columns, cells).map((line) => named ? [name, ...line] : line)
    ),
  };
}

/** Every mark on a line of its own. */
function listTable({ x, y, value, rows, reference = [] }: Chart): Table {
  const columns: readonly (readonly [label: string, cell: CellOf])[] = [
    ...(rows.some((row) => row.series !== undefined) ? [["series", seriesOf] as const] : []),
    [axisLabel(x), (row) => row.x],
    [axisLabel(y), (row) => row.y],
    ...(value ? [[axisLabel(value), valueOf] as const] : []),
  ];
  const lines = reference.map(({ y, label }) => ({ x: `line: ${label}`, y }));
  return {
    head: columns.map(([label]) => label),
    rows: [...rows, ...lines].map((row) => columns.map(([, cell]) => cell(row))),
  };
}

/** Cells in lines and columns, each line after its own name; where no row belongs, it is empty. */
function layOut(
  rows: readonly Row[],
  columns: readonly Cell[],
  { line, column, cell }: Readonly<Record<"line" | "column" | "cell", CellOf>>,
): Cell[][] {
  return [...Map.groupBy(rows, line)].map(([name, own]) => {
    const cells = new Map(own.map((row) => [column(row), cell(row)]));
    return [name, ...columns.map((name) => cells.get(name) ?? "")];
  });
}

function valueOf(row: Row): Cell {
  return row.value ?? "";
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
