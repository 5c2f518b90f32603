import * as Plot from "@observablehq/plot";
import type { Figure, Row } from "../../claims/mod.ts";
import { axisLabel } from "../table.ts";
import { above, fits, heights, numericRows } from "./axes.ts";
import { type Drawing, roomFor, shorten } from "./canvas.ts";
import { quantity } from "./quantity.ts";
import { references } from "./reference.ts";
import { legend, seriesOf } from "./series.ts";

/** Height of a bar that lies. */
const BAR = 20;

/** A name takes no more characters than one for each of so many units of the width. */
const SHARE = 21;

/** One bar for each row, grouped by x; they lie down where their names are too long to stand. */
export function drawBars(figure: Figure, width: number): Drawing {
  const names = [...new Set(numericRows(figure).map((row) => String(row.x)))];
  return fits(names, width) ? standing(figure, names, width) : lying(figure, names, width);
}

function standing(figure: Figure, names: readonly string[], width: number): Drawing {
  const rows = numericRows(figure);
  const height = quantity(heights(figure), { log: figure.log, fromZero: true });
  const marginLeft = roomFor(height.labels);
  const key = legend(rows, marginLeft, width);
  const label = { label: axisLabel(figure.x), labelArrow: "none", labelAnchor: "center" } as const;
  return {
    width,
    options: {
      marginTop: key.marginTop,
      marginLeft,
      fx: { domain: [...names], padding: 0.25, ...label },
      x: { axis: null, domain: [...key.names], padding: 0.08 },
      y: { ...height.scale, label: null },
      color: key.color,
      marks: [
        ...key.marks,
        above(figure.y, marginLeft),
        Plot.barY(rows, {
          fx: (row: Row) => String(row.x),
          x: seriesOf,
          y1: height.base,
          y2: (row: Row) => height.place(row.y as number),
          fill: seriesOf,
        }),
        zeros(rows, { fx: (row) => String(row.x), x: seriesOf, y: height.base, dy: -8 }),
        ...references(figure, height, { run: "across", labelled: { fx: names[names.length - 1] } }),
      ],
    },
  };
}

function lying(figure: Figure, names: readonly string[], width: number): Drawing {
  const rows = numericRows(figure);
  const longest = Math.floor(width / SHARE);
  const length = quantity(heights(figure), { log: figure.log, fromZero: true });
  const marginLeft = roomFor(names, longest);
  const key = legend(rows, marginLeft, width);
  const label = { label: axisLabel(figure.y), labelArrow: "none", labelAnchor: "center" } as const;
  return {
    width,
    frame: names.length * (key.names.length * BAR + 12),
    options: {
      marginTop: key.marginTop,
      marginLeft,
      fy: {
        domain: [...names],
        padding: 0.2,
        axis: "left",
        tickFormat: (tick: unknown) => shorten(tick, longest),
        label: null,
      },
      y: { axis: null, domain: [...key.names], padding: 0.08 },
      x: { ...length.scale, ...label },
      color: key.color,
      marks: [
        ...key.marks,
        Plot.barX(rows, {
          fy: (row: Row) => String(row.x),
          y: seriesOf,
          x1: length.base,
          x2: (row: Row) => length.place(row.y as number),
          fill: seriesOf,
        }),
        zeros(rows, { fy: (row) => String(row.x), y: seriesOf, x: length.base, dx: 8 }),
        ...references(figure, length, { run: "upright", labelled: { fy: names[0] } }),
      ],
    },
  };
}

/** A bar of no length says that it is there, and not merely too short to see. */
function zeros(rows: readonly Row[], at: Place): Plot.Markish {
  const fixed = (value: Name | number) => typeof value === "number" ? () => value : value;
  return Plot.text(rows.filter((row) => row.y === 0), {
    ...at,
    x: fixed(at.x),
    y: fixed(at.y),
    text: () => "0",
    fill: seriesOf,
  });
}

type Name = (row: Row) => string;

interface Place {
  readonly x: Name | number;
  readonly y: Name | number;
  readonly fx?: Name;
  readonly fy?: Name;
  readonly dx?: number;
  readonly dy?: number;
}
