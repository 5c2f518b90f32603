import type { Markish } from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { above, along } from "./axes.ts";
import type { Drawing, Framed } from "./canvas.ts";
import { widthOf } from "./labels.ts";
import { type Quantity, quantity } from "./quantity.ts";
import { references } from "./reference.ts";
import { measuredNumbers, type Scaled } from "./scales.ts";
import { legend } from "./series.ts";

/** What charts have in common that have a measured axis. */
export interface Frame {
  /** The names of the series, in the order of their colours. */
  readonly names: readonly string[];
  /** Scales and margins. */
  readonly options: Framed;
  /** The legend and the label of the vertical axis. */
  readonly marks: readonly Markish[];
}

/** That of charts whose measured axis is the vertical one. */
interface Upright extends Frame {
  readonly height: Quantity;
}

/** The measured axis on the left and the legend above it. */
export function upright(figure: Scaled, width: number, fromZero = false): Upright {
  const height = quantity(measuredNumbers(figure), { log: figure.log, fromZero });
  const marginLeft = widthOf(height.labels) + 16;
  const label = above(figure.y, { marginLeft, width });
  const { names, color, marginTop, marks } = legend(figure, width - marginLeft, label.gap);
  return {
    height,
    names,
    options: { marginTop, marginLeft, y: { ...height.scale, label: null }, color },
    marks: [...marks, label.mark],
  };
}

/** The channels that put a row in its place. */
type Place = Readonly<Record<"x" | "y", (row: Row) => number | string>>;

/** A chart of marks over a horizontal axis, with its reference lines. */
export function overAxis(
  figure: Scaled,
  width: number,
  marksAt: (place: Place, names: readonly string[]) => Markish[],
): Drawing {
  const { height, names, options, marks } = upright(figure, width);
  const { scale, place, ...margins } = along(figure.x, figure.rows, width);
  const at = { x: place, y: (row: Row) => height.place(row.y as number) };
  return {
    options: {
      ...options,
      ...margins,
      x: scale,
      marks: [...marks, ...references(figure, height, "y"), ...marksAt(at, names)],
    },
  };
}
