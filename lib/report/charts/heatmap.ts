import type { ScaleOptions } from "@observablehq/plot";
import { above, below, upended } from "./axes.ts";
import type { Drawing } from "./canvas.ts";
import { cellsOf } from "./cells.ts";
import { keys } from "./keys.ts";
import { type Lettering, lettering, LINE } from "./labels.ts";
import { panels } from "./panels.ts";
import type { Scaled } from "./scales.ts";

/** A cell is no taller than this, so that a small map stays small, and no lower than that. */
const CELL = { tallest: 34, lowest: 8 };

/** Room for a number on an axis. */
const TICK = { across: 24, down: 17 };

/** The part of the width that the names of rows may take. */
const NAMES = 0.3;

/** The names of columns have at most so many lines. */
const LINES = 3;

/** The places along an axis, in order. */
type Places = readonly (number | string)[];

/** A grid of cells, one grid for each series; the first row is at the top. */
export function drawHeatmap(figure: Scaled, width: number): Drawing {
  const { rows } = figure;
  const columns = [...new Set(rows.map((row) => row.x))];
  const lines = [...new Set(rows.map((row) => row.y))];
  const names = lettering(lines.map(String), width * NAMES);
  const marginLeft = names.width + 16;
  const grids = panels(rows, width - marginLeft - 16);
  const cell = grids.width / columns.length;
  const high = Math.max(Math.min(CELL.tallest, cell), lowest(lines, names));
  const foot = across(figure, columns, { cell, width: width - marginLeft });
  const { marks, keys: entries } = cellsOf(figure, grids.place, { width: cell, height: high });
  const label = above(figure.y, { marginLeft, width, lift: grids.titleHeight });
  const key = keys(entries, width - marginLeft, label.gap);
  return {
    frame: grids.frame(lines.length * high),
    options: {
      marginTop: key.marginTop,
      marginLeft,
      marginBottom: foot.marginBottom,
      ...grids.scales(lines.length * high),
      x: { ...band(columns, foot.apart / cell), ...foot.scale },
      y: {
        ...band(lines, areNames(lines) ? 1 : TICK.down / high),
        tickFormat: names.of,
        label: null,
      },
      marks: [...key.marks, label.mark, ...grids.titles, ...marks],
    },
  };
}

/** How low a row may be: names all have to be read, of numbers some are enough. */
function lowest(lines: Places, names: Lettering): number {
  return areNames(lines) ? names.lines * LINE : CELL.lowest;
}

function areNames(places: Places): boolean {
  return places.some((place) => typeof place === "string");
}

/**
 * The foot of the columns, and how far apart its ticks must be: numbers as they are, names in lines
 * or upright.
 */
function across(
  figure: Scaled,
  columns: Places,
  { cell, width }: { readonly cell: number; readonly width: number },
) {
  if (!areNames(columns)) return { ...below(figure.x, width), apart: TICK.across };
  const names = columns.map(String);
  const room = cell - 4;
  const letters = lettering(names, room);
  const fit = !letters.cut && letters.lines <= LINES && letters.width <= room;
  return fit
    ? { ...below(figure.x, width, letters), apart: 0 }
    : { ...below(figure.x, width, upended(names)), apart: LINE };
}

/** An axis of places, each with its tick where there is room, or else each so many-th. */
function band(domain: Places, many: number): ScaleOptions {
  const stride = Math.max(1, Math.ceil(many));
  return {
    type: "band",
    domain: [...domain],
    ticks: domain.filter((_, i) => i % stride === 0),
    tickSize: 0,
    padding: 0.04,
  };
}
