import * as Plot from "@observablehq/plot";
import type { Chart, Row } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import { fits, heights, titled } from "./axes.ts";
import type { Drawing } from "./canvas.ts";
import { roomFor, shorten } from "./labels.ts";
import { quantity } from "./quantity.ts";
import { references } from "./reference.ts";
import { legend } from "./series.ts";
import { upright } from "./upright.ts";

/** Height of a bar that lies. */
const BAR = 20;

/** A name takes no more characters than one for each of so many units of the width. */
const SHARE = 21;

/** One bar for each row, grouped by x; they lie down where their names are too long to stand. */
export function drawBars(figure: Chart, width: number): Drawing {
  const names = [...new Set(figure.rows.map(groupOf))];
  return fits(names, width) ? standing(figure, names, width) : lying(figure, names, width);
}

function groupOf(row: Row): string {
  return String(row.x);
}

function standing(figure: Chart, groups: readonly string[], width: number): Drawing {
  const { rows } = figure;
  const { height, names, options, marks } = upright(figure, width, true);
  const at = { fx: groupOf, x: seriesOf, fill: seriesOf };
  const top = (row: Row) => height.place(row.y as number);
  return {
    options: {
      ...options,
      fx: { domain: [...groups], padding: 0.25, ...titled(figure.x) },
      x: { axis: null, domain: [...names], padding: 0.08 },
      marks: [
        ...marks,
        Plot.barY(rows, { ...at, y1: height.base, y2: top }),
        Plot.text(zeros(rows), { ...at, y: () => height.base, dy: -8, text: () => "0" }),
        ...references(figure, height, "y", { fx: groups[groups.length - 1] }),
      ],
    },
  };
}

function lying(figure: Chart, groups: readonly string[], width: number): Drawing {
  const { rows } = figure;
  const longest = Math.floor(width / SHARE);
  const length = quantity(heights(figure), { log: figure.log, fromZero: true });
  const marginLeft = roomFor(groups, longest);
  const { names, color, marginTop, marks } = legend(rows, width - marginLeft);
  const at = { fy: groupOf, y: seriesOf, fill: seriesOf };
  const end = (row: Row) => length.place(row.y as number);
  return {
    frame: groups.length * (names.length * BAR + 12),
    options: {
      marginTop,
      marginLeft,
      fy: {
        domain: [...groups],
        padding: 0.2,
        axis: "left",
        tickFormat: (tick: unknown) => shorten(tick, longest),
        label: null,
      },
      y: { axis: null, domain: [...names], padding: 0.08 },
      x: { ...length.scale, ...titled(figure.y) },
      color,
      marks: [
        ...marks,
        Plot.barX(rows, { ...at, x1: length.base, x2: end }),
        Plot.text(zeros(rows), { ...at, x: () => length.base, dx: 8, text: () => "0" }),
        ...references(figure, length, "x", { fy: groups[0] }),
      ],
    },
  };
}

/** A bar of no length says that it is there, and not merely too short to see. */
function zeros(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.y === 0);
}
