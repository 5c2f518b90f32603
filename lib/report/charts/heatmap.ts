import * as Plot from "@observablehq/plot";
import type { Axis, Chart, Row } from "../../claims/mod.ts";
import { compactNumber } from "../numbers.ts";
import { axisLabel } from "../figure_labels.ts";
import { titled } from "./axes.ts";
import type { Drawing } from "./canvas.ts";
import { roomFor, shorten } from "./labels.ts";
import { type Panels, panels } from "./panels.ts";
import { keys } from "./series.ts";
import { type Shade, shade } from "./shade.ts";

/** A cell is no taller than this, so that a small map stays small. */
const TALLEST = 34;

/** The least width of a cell that has its number written in it. */
const WRITABLE = 42;

/** Room for a label on an axis. */
const TICK = { across: 24, down: 15 };

/** A grid of cells, one grid for each series; the first row is at the top. */
export function drawHeatmap(figure: Chart, width: number): Drawing {
  const { rows } = figure;
  const columns = [...new Set(rows.map((row) => row.x))];
  const lines = [...new Set(rows.map((row) => row.y))];
  const marginLeft = roomFor(lines.map(String)) + 18;
  const grids = panels(rows, width - marginLeft - 16);
  const tone = shade(rows.map((row) => row.value as number), figure.log);
  const value = figure.value ? [{ label: `${axisLabel(figure.value)}:` }] : [];
  const key = keys([...value, ...tone.keys], width - marginLeft, grids.titleHeight + 10);
  const cell = grids.width / columns.length;
  const height = lines.length * Math.min(TALLEST, Math.max(cell, 8));
  return {
    frame: grids.frame(height),
    options: {
      marginTop: key.marginTop,
      marginLeft,
      ...grids.scales(height),
      x: category(figure.x, columns, grids.width / TICK.across),
      y: category(figure.y, lines, height / TICK.down),
      marks: [
        ...key.marks,
        ...grids.titles,
        cells(rows, tone, grids.place),
        ...(cell >= WRITABLE ? [numbers(rows, tone, grids.place)] : []),
      ],
    },
  };
}

/** An axis of categories with as many labels as there is room for. */
function category(axis: Axis, domain: (number | string)[], room: number): Plot.ScaleOptions {
  const stride = Math.max(1, Math.ceil(domain.length / room));
  return {
    type: "band",
    domain,
    ticks: domain.filter((_, i) => i % stride === 0),
    tickFormat: (tick: unknown) => shorten(tick),
    tickSize: 0,
    padding: 0.04,
    ...titled(axis),
  };
}

function cells(rows: readonly Row[], tone: Shade, place: Panels["place"]): Plot.Markish {
  return Plot.cell(rows, {
    x: "x",
    y: "y",
    ...place,
    fill: { value: (row: Row) => tone.colour(row.value as number), scale: null },
    fillOpacity: { value: (row: Row) => tone.opacity(row.value as number), scale: null },
    stroke: "currentColor",
    strokeOpacity: 0.14,
    strokeWidth: 0.75,
  });
}

function numbers(rows: readonly Row[], tone: Shade, place: Panels["place"]): Plot.Markish {
  const dark = (row: Row) => tone.opacity(row.value as number) > 0.7;
  return Plot.text(rows, {
    x: "x",
    y: "y",
    ...place,
    text: (row: Row) => compactNumber(twoDigits(row.value as number)),
    fill: { value: (row: Row) => dark(row) ? "var(--paper)" : "var(--ink)", scale: null },
    fontSize: 11,
  });
}

/** Rounded to two digits, unless that is more than a double holds. */
function twoDigits(value: number): number {
  const rounded = Number(value.toPrecision(2));
  return Number.isFinite(rounded) ? rounded : value;
}
