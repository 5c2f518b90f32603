import * as Plot from "@observablehq/plot";
import type { Figure, Row } from "../../claims/mod.ts";
import { above, along, heights, numericRows } from "./axes.ts";
import { type Drawing, roomFor } from "./canvas.ts";
import { seriesDash } from "./colours.ts";
import { quantity } from "./quantity.ts";
import { references } from "./reference.ts";
import { legend, seriesOf } from "./series.ts";

/** Points are marked too while there are few of them. */
const MARKED = 24;

/** One line for each series over x. */
export function drawLines(figure: Figure, width: number): Drawing {
  const rows = numericRows(figure);
  const height = quantity(heights(figure), { log: figure.log });
  const x = along(figure.x, rows.map((row) => row.x), width);
  const marginLeft = roomFor(height.labels);
  const { names, color, marks, marginTop } = legend(rows, marginLeft, width);
  const at = { x: "x", y: (row: Row) => height.place(row.y as number) } as const;
  const marked = rows.length <= MARKED * names.length;
  return {
    width,
    options: {
      marginTop,
      marginLeft,
      marginBottom: x.marginBottom,
      x: x.scale,
      y: { ...height.scale, label: null },
      color,
      marks: [
        ...marks,
        above(figure.y, marginLeft),
        ...names.map((name, i) =>
          Plot.line(rows.filter((row) => seriesOf(row) === name), {
            ...at,
            stroke: seriesOf,
            strokeWidth: 2,
            strokeDasharray: seriesDash(i),
          })
        ),
        ...(marked ? [Plot.dot(rows, { ...at, fill: seriesOf, r: 2.5 })] : []),
        ...references(figure, height),
      ],
    },
  };
}
