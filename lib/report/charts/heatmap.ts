import * as Plot from "@observablehq/plot";
import type { Figure, Row } from "../../claims/mod.ts";
import { formatNumber } from "../numbers.ts";
import { axisLabel } from "../table.ts";
import { CHARACTER, type Drawing, roomFor, shorten, WIDTH } from "./canvas.ts";
import { keys, seriesOf } from "./series.ts";
import { shade } from "./shade.ts";

/** A cell is no taller than this, so that a small map stays small. */
const TALLEST = 34;

/** The least width of a cell that has its number written in it. */
const WRITABLE = 42;

/** A grid of cells, one grid for each series; the first row is at the top. */
export function drawHeatmap(figure: Figure): Drawing {
  const rows = figure.rows.filter((row) => row.value !== undefined);
  const columns = [...new Set(rows.map((row) => row.x))];
  const lines = [...new Set(rows.map((row) => row.y))];
  const facets = [...new Set(rows.map(seriesOf))];
  const marginLeft = roomFor(lines.map(String)) + 18;
  const tone = shade(rows.map((row) => row.value as number), figure.log);
  const value = figure.value ? [{ label: `${axisLabel(figure.value)}:` }] : [];
  const named = facets.length > 1;
  const key = keys([...value, ...tone.keys], marginLeft, named ? 30 : 10);
  const width = (WIDTH - marginLeft - 16) / (columns.length * facets.length);
  return {
    frame: lines.length * Math.min(TALLEST, Math.max(width, 8)) + (named ? 10 : 0),
    options: {
      marginTop: key.marginTop,
      marginLeft,
      fx: {
        axis: named ? "top" : null,
        domain: facets,
        padding: 0.08,
        label: null,
        tickFormat: (tick: unknown) => shorten(tick, WIDTH / facets.length / CHARACTER - 3),
      },
      x: { ...category(figure.x, columns, WIDTH / facets.length), labelAnchor: "center" },
      y: { ...category(figure.y, lines), labelAnchor: "center" },
      marks: [
        ...key.marks,
        ...cells(rows, tone, named),
        ...(width >= WRITABLE ? [numbers(rows, tone, named)] : []),
      ],
    },
  };
}

function category(
  axis: Figure["x"],
  domain: (number | string)[],
  room = Infinity,
): Plot.ScaleOptions {
  const stride = Math.ceil(domain.length * 24 / room);
  const ticks = domain.filter((_, i) => i % stride === 0);
  return {
    type: "band",
    domain,
    ticks,
    tickFormat: (tick: unknown) => shorten(tick),
    tickSize: 0,
    padding: 0.04,
    label: axisLabel(axis),
    labelArrow: "none",
  };
}

type Tone = ReturnType<typeof shade>;

function cells(rows: readonly Row[], tone: Tone, named: boolean): Plot.Markish[] {
  const at = { x: "x", y: "y", fx: named ? seriesOf : undefined } as const;
  return [
    Plot.cell(rows, {
      ...at,
      fill: { value: (row: Row) => tone.colour(row.value as number), scale: null },
      fillOpacity: { value: (row: Row) => tone.opacity(row.value as number), scale: null },
      stroke: "currentColor",
      strokeOpacity: 0.14,
      strokeWidth: 0.75,
    }),
  ];
}

function numbers(rows: readonly Row[], tone: Tone, named: boolean): Plot.Markish {
  const dark = (row: Row) => tone.opacity(row.value as number) > 0.7;
  return Plot.text(rows, {
    x: "x",
    y: "y",
    fx: named ? seriesOf : undefined,
    text: (row: Row) => formatNumber(Number((row.value as number).toPrecision(2))),
    fill: { value: (row: Row) => dark(row) ? "var(--paper)" : "var(--ink)", scale: null },
    fontSize: 11,
  });
}
