import * as Plot from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import { below, sideBySide } from "./axes.ts";
import type { Drawing } from "./canvas.ts";
import type { Lettering } from "./labels.ts";
import { lying } from "./lying.ts";
import { references } from "./reference.ts";
import type { Scaled } from "./scales.ts";
import { upright } from "./upright.ts";

/** Height of a bar that lies. */
const BAR = 20;

/** One bar for each row, grouped by x; they lie down where their names are too long to stand. */
export function drawBars(figure: Scaled, width: number): Drawing {
  const groups = [...new Set(figure.rows.map(groupOf))];
  const letters = sideBySide(groups, width);
  return letters ? standing(figure, groups, letters, width) : lain(figure, groups, width);
}

function groupOf(row: Row): string {
  return String(row.x);
}

function standing(
  figure: Scaled,
  groups: readonly string[],
  letters: Lettering,
  width: number,
): Drawing {
  const { rows } = figure;
  const { height, names, options, marks } = upright(figure, width, true);
  const foot = below(figure.x, width - options.marginLeft!, letters);
  const at = { fx: groupOf, x: seriesOf, fill: seriesOf };
  const top = (row: Row) => height.place(row.y as number);
  return {
    options: {
      ...options,
      marginBottom: foot.marginBottom,
      fx: { domain: [...groups], padding: 0.25, ...foot.scale },
      x: { axis: null, domain: [...names], padding: 0.08 },
      marks: [
        ...marks,
        Plot.barY(rows, { ...at, y1: height.base, y2: top }),
        Plot.text(zeros(rows), { ...at, y: () => height.base, dy: -8, text: () => "0" }),
        ...references(figure, height, "y"),
      ],
    },
  };
}

function lain(figure: Scaled, groups: readonly string[], width: number): Drawing {
  const { rows } = figure;
  const { length, names, groups: fy, line, options, marks } = lying(figure, groups, width, true);
  const at = { fy: groupOf, y: seriesOf, fill: seriesOf };
  const end = (row: Row) => length.place(row.y as number);
  return {
    frame: groups.length * (Math.max(names.length * BAR, line) + 12),
    options: {
      ...options,
      fy: { ...fy, padding: 0.2 },
      y: { axis: null, domain: [...names], padding: 0.08 },
      marks: [
        ...marks,
        Plot.barX(rows, { ...at, x1: length.base, x2: end }),
        Plot.text(zeros(rows), { ...at, x: () => length.base, dx: 8, text: () => "0" }),
        ...references(figure, length, "x"),
      ],
    },
  };
}

/** A bar of no length says that it is there, and not merely too short to see. */
function zeros(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.y === 0);
}
