import { type Markish, type ScaleOptions, text } from "@observablehq/plot";
import type { Axis, Chart, Row } from "../../claims/mod.ts";
import { axisLabel } from "../figure_labels.ts";
import { CHARACTER, roomFor, shorten, widthOf } from "./labels.ts";
import { snug } from "./quantity.ts";

/** Where a horizontal axis would turn its labels, to fit them. */
const TURNED = -35;

/** How far apart the labels of a horizontal axis of numbers are, at least, about. */
const SPACING = 51;

/** What the margins beside a frame take of a chart's width, about. */
const MARGINS = 90;

/** A horizontal axis of a figure's rows. */
interface Along {
  /** For Plot's `x`. */
  readonly scale: ScaleOptions;
  /** What to hand to Plot for a row. */
  readonly place: (row: Row) => number | string;
  /** Room for its labels; the usual where left out. */
  readonly marginBottom?: number;
}

/** The horizontal axis of lines and dots: numbers along a scale, or categories side by side. */
export function along(axis: Axis, rows: readonly Row[], width: number): Along {
  const values = rows.map((row) => row.x);
  if (values.every((value) => typeof value === "number")) {
    const { scale, place } = snug(values, (width - MARGINS) / SPACING);
    return { scale: { ...scale, ...titled(axis) }, place: (row) => place(row.x as number) };
  }
  const names = [...new Set(values.map(String))];
  const scale: ScaleOptions = {
    type: "point",
    domain: names,
    tickFormat: (tick: unknown) => shorten(tick),
    padding: 0.5,
    ...titled(axis),
  };
  const place = (row: Row) => String(row.x);
  if (fits(names, width)) return { scale, place };
  const room = roomFor(names) * 0.62 + 24;
  const turned = { ...scale, tickRotate: TURNED, labelOffset: room - 4 };
  return { scale: turned, place, marginBottom: room };
}

/** Plot's options for the label in the middle of an axis. */
export function titled(axis: Axis): ScaleOptions {
  return { label: axisLabel(axis), labelArrow: "none", labelAnchor: "center" };
}

/** Whether labels fit side by side under a chart of this width. */
export function fits(names: readonly string[], width: number): boolean {
  const longest = widthOf(names.map((name) => shorten(name))) + 1.5 * CHARACTER;
  return longest * names.length < width - MARGINS;
}

/** The label of a vertical axis, just above it: Plot's own would be above the legend. */
export function above(axis: Axis, marginLeft: number): Markish {
  return text([axisLabel(axis)], {
    frameAnchor: "top-left",
    facet: "super",
    dx: 4 - marginLeft,
    dy: -16,
    lineAnchor: "bottom",
    fill: "currentColor",
  });
}

/** Every number that the measured axis must show. */
export function heights({ rows, reference = [] }: Chart): number[] {
  return [...rows, ...reference].map(({ y }) => y as number);
}
