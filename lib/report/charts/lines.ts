import * as Plot from "@observablehq/plot";
import { seriesOf } from "../figure_labels.ts";
import type { Drawing } from "./canvas.ts";
import type { Scaled } from "./scales.ts";
import { overAxis } from "./upright.ts";

/** Points are marked too while there are few of them. */
const MARKED = 24;

/** One line for each series over x. */
export function drawLines(figure: Scaled, width: number): Drawing {
  const { rows } = figure;
  return overAxis(figure, width, (at, names) => [
    ...names.map((name) =>
      Plot.line(rows.filter((row) => seriesOf(row) === name), {
        ...at,
        stroke: seriesOf,
        strokeWidth: 2,
      })
    ),
    ...(rows.length <= MARKED * names.length
      ? [Plot.dot(rows, { ...at, fill: seriesOf, r: 2.5 })]
      : []),
  ]);
}
