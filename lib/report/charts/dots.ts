import * as Plot from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import { sideBySide } from "./axes.ts";
import type { Drawing } from "./canvas.ts";
import { lying } from "./lying.ts";
import { references } from "./reference.ts";
import type { Scaled } from "./scales.ts";
import { overAxis } from "./upright.ts";

/** Room for a line of dots, at least. */
const LINE = 26;

const DOT: Plot.DotOptions = { fill: seriesOf, fillOpacity: 0.75, r: 4.5 };

/** One dot for each row; over names that are too long to stand side by side, they lie. */
export function drawDots(figure: Scaled, width: number): Drawing {
  const { rows } = figure;
  const names = [...new Set(rows.map(({ x }) => String(x)))];
  if (rows.every(({ x }) => typeof x === "number") || sideBySide(names, width)) {
    return overAxis(figure, width, (at) => [Plot.dot(rows, { ...at, ...DOT })]);
  }
  return lain(figure, names, width);
}

function lain(figure: Scaled, names: readonly string[], width: number): Drawing {
  const { length, groups, line, options, marks } = lying(figure, names, width);
  const at = {
    x: (row: Row) => length.place(row.y as number),
    y: (row: Row) => String(row.x),
  };
  return {
    frame: names.length * Math.max(LINE, line + 8),
    options: {
      ...options,
      y: { ...groups, type: "point", padding: 0.5, grid: true },
      marks: [
        ...marks,
        ...references(figure, length, "x"),
        Plot.dot(figure.rows, { ...at, ...DOT }),
      ],
    },
  };
}
