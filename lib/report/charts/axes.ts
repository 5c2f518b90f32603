import { type Markish, type ScaleOptions, text } from "@observablehq/plot";
import type { Axis, Row } from "../../claims/mod.ts";
import { axisLabel } from "../figure_labels.ts";
import { CHARACTER, type Lettering, lettering, LINE, overhang, wrapped } from "./labels.ts";
import { snug } from "./quantity.ts";

/** Where a horizontal axis turns its labels, if it must. */
const TURNED = -35;

/** How wide a turned label is at most. */
const TURNED_WIDTH = 110;

/** How far apart the labels of a horizontal axis of numbers are, at least, about. */
const SPACING = 51;

/** What the margins beside a frame take of a chart's width, about. */
const MARGINS = 90;

/** Labels side by side have at most so many lines. */
const LINES = 4;

/** Room below a frame for one line of tick labels and one of the axis's own. */
const BELOW = 46;

/** Room for the label of a vertical axis between the legend and the frame. */
const ABOVE = 34;

/** A horizontal axis of a figure's rows. */
interface Along {
  /** For Plot's `x`. */
  readonly scale: ScaleOptions;
  /** What to hand to Plot for a row. */
  readonly place: (row: Row) => number | string;
  /** Room for its labels. */
  readonly marginBottom: number;
  /** Room for the last of them. */
  readonly marginRight?: number;
}

/** The horizontal axis of lines and dots: numbers along a scale, or categories side by side. */
export function along(axis: Axis, rows: readonly Row[], width: number): Along {
  const values = rows.map((row) => row.x);
  if (values.every((value) => typeof value === "number")) {
    const { scale, place, labels } = snug(values, (width - MARGINS) / SPACING);
    const { scale: title, marginBottom } = below(axis, width - MARGINS);
    return {
      scale: { ...scale, ...title },
      place: (row) => place(row.x as number),
      ...{ marginBottom, marginRight: overhang(labels) },
    };
  }
  const names = [...new Set(values.map(String))];
  const letters = sideBySide(names, width);
  const foot = below(axis, width - MARGINS, letters ?? turned(names));
  const scale: ScaleOptions = { type: "point", domain: names, padding: 0.5, ...foot.scale };
  return { scale, place: (row) => String(row.x), marginBottom: foot.marginBottom };
}

/** Labels that stand beside one another under a chart of this width, if there is room for them. */
export function sideBySide(names: readonly string[], width: number): Lettering | undefined {
  const letters = lettering(names, (width - MARGINS) / names.length - CHARACTER);
  return letters.cut || letters.lines > LINES ? undefined : letters;
}

/** How the ticks of a horizontal axis are labelled. */
interface Ticks {
  readonly of: Lettering["of"];
  /** How many lines of room they take. */
  readonly lines: number;
  /** Where there is no room for them otherwise: in degrees. */
  readonly rotate?: number;
}

function turned(names: readonly string[]): Ticks {
  const letters = lettering(names, TURNED_WIDTH);
  const height = letters.width * 0.57 + (letters.lines - 1) * LINE;
  return { of: letters.of, lines: Math.ceil(height / LINE), rotate: TURNED };
}

/** The names of narrow columns, upright. */
export function upended(names: readonly string[]): Ticks {
  const letters = lettering(names, TURNED_WIDTH);
  return { of: letters.of, lines: Math.ceil(letters.width / LINE), rotate: -90 };
}

/** The ticks of a horizontal axis with its label under them, in as many lines as its width requires. */
export function below(
  axis: Axis,
  width: number,
  ticks?: Ticks,
): { readonly scale: ScaleOptions; readonly marginBottom: number } {
  const lines = wrapped(axisLabel(axis), width);
  const more = lines.length - 1 + (ticks ? ticks.lines - 1 : 0);
  return {
    marginBottom: BELOW + more * LINE,
    scale: {
      ...titled(lines),
      ...(ticks ? { tickFormat: ticks.of } : {}),
      ...(ticks?.rotate === undefined ? {} : { tickRotate: ticks.rotate }),
    },
  };
}

/** Plot's options for a label in the middle of an axis. */
function titled(lines: readonly string[]): ScaleOptions {
  return { label: lines.join("\n"), labelArrow: "none", labelAnchor: "center" };
}

/** The label of a vertical axis, just above it: Plot's own would be above the legend. */
export function above(
  axis: Axis,
  { marginLeft, width, lift = 0 }: {
    readonly marginLeft: number;
    readonly width: number;
    /** How far above its usual place, since something stands there. */
    readonly lift?: number;
  },
): { readonly mark: Markish; readonly gap: number } {
  const lines = wrapped(axisLabel(axis), width - 8);
  const mark = text([lines.join("\n")], {
    frameAnchor: "top-left",
    facet: "super",
    textAnchor: "start",
    dx: 4 - marginLeft,
    dy: -16 - lift,
    lineAnchor: "bottom",
    fill: "currentColor",
  });
  return { mark, gap: ABOVE + lift + (lines.length - 1) * LINE };
}
