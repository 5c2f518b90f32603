import * as Plot from "@observablehq/plot";
import type { Chart } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import type { Drawing } from "./canvas.ts";
import { overAxis } from "./upright.ts";

/** One dot for each row. */
export function drawDots(figure: Chart, width: number): Drawing {
  return overAxis(figure, width, (at) => [
    Plot.dot(figure.rows, { ...at, fill: seriesOf, fillOpacity: 0.75, r: 4.5 }),
  ]);
}
