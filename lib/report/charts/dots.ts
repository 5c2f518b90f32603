import * as Plot from "@observablehq/plot";
import type { Figure, Row } from "../../claims/mod.ts";
import { above, along, heights, numericRows } from "./axes.ts";
import { type Drawing, roomFor } from "./canvas.ts";
import { quantity } from "./quantity.ts";
import { references } from "./reference.ts";
import { legend, seriesOf } from "./series.ts";

/** One dot for each row. */
export function drawDots(figure: Figure, width: number): Drawing {
  const rows = numericRows(figure);
  const height = quantity(heights(figure), { log: figure.log });
  const x = along(figure.x, rows.map((row) => row.x), width);
  const marginLeft = roomFor(height.labels);
  const { color, marks, marginTop } = legend(rows, marginLeft, width);
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
        Plot.dot(rows, {
          x: "x",
          y: (row: Row) => height.place(row.y as number),
          fill: seriesOf,
          fillOpacity: 0.75,
          r: 4.5,
        }),
        ...references(figure, height),
      ],
    },
  };
}
