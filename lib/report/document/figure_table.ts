import type { Axis, Figure, Row } from "../../claims/mod.ts";
import { compactNumber } from "../numbers.ts";

/** Rows of cells under a head, as both renderings print them. */
export interface Table {
  /** One for each column. */
  readonly head: readonly string[];
  /** As wide as the head; a number is set to the right. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The data of a figure as a table: across where every mark has a place of its own, else a list. */
export function figureTable(figure: Figure): Table {
  const map = figure.kind === "heatmap";
  return (map ? heatmapTable(figure) : seriesTable(figure)) ?? listTable(figure);
}

/** A line for each x, a column for each series and each reference line. */
function seriesTable({ x, y, rows, reference = [] }: Figure): Table | undefined {
  const series = distinct(rows.map((row) => row.series ?? ""));
  const cells = place(rows, (row) => [row.x, row.series ?? ""], (row) => row.y);
  if (!cells) return undefined;
  const named = series.map((name) => name === "" ? axisLabel(y) : name);
  return {
    head: [axisLabel(x), ...named, ...reference.map((line) => line.label)],
    rows: distinct(rows.map((row) => row.x)).map((x) => [
      x,
      ...series.map((name) => cells(x, name)),
      ...reference.map((line) => line.y),
    ]),
  };
}

/** A line for each row of cells, a column for each column of cells. */
function heatmapTable({ x, y, rows }: Figure): Table | undefined {
  const series = distinct(rows.map((row) => row.series ?? ""));
  const columns = distinct(rows.map((row) => row.x));
  const key = (row: Row) => [row.series ?? "", row.y, row.x];
  const cells = place(rows, key, (row) => row.value ?? "");
  if (!cells) return undefined;
  const named = series.length > 1;
  return {
    head: [
      ...(named ? [""] : []),
      `${axisLabel(y)} ↓ ${axisLabel(x)} →`,
      ...columns.map(cellText),
    ],
    rows: series.flatMap((name) =>
      distinct(rows.map((row) => row.y)).map((line) => [
        ...(named ? [name] : []),
        line,
        ...columns.map((column) => cells(name, line, column)),
      ])
    ),
  };
}

/** Every mark on a line of its own. */
function listTable({ x, y, value, rows, reference = [] }: Figure): Table {
  const series = rows.some((row) => row.series !== undefined);
  const line = (row: Row) => [
    ...(series ? [row.series ?? ""] : []),
    row.x,
    row.y,
    ...(value ? [row.value ?? ""] : []),
  ];
  return {
    head: [
      ...(series ? ["series"] : []),
      axisLabel(x),
      axisLabel(y),
      ...(value ? [axisLabel(value)] : []),
    ],
    rows: [...rows, ...reference.map(({ y, label }) => ({ x: `line: ${label}`, y }))].map(line),
  };
}

type Cell = string | number;

/** Cells by their keys, or undefined where two rows want the same place. */
function place(
  rows: readonly Row[],
  key: (row: Row) => readonly Cell[],
  cell: (row: Row) => Cell,
): ((...key: readonly Cell[]) => Cell) | undefined {
  const cells = new Map(rows.map((row) => [JSON.stringify(key(row)), cell(row)]));
  if (cells.size < rows.length) return undefined;
  return (...key) => cells.get(JSON.stringify(key)) ?? "";
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** "loss (nats)". */
export function axisLabel({ label, unit }: Axis): string {
  return unit === undefined ? label : `${label} (${unit})`;
}

/** A cell as text. */
export function cellText(cell: string | number): string {
  return typeof cell === "number" ? compactNumber(cell) : cell;
}
