import { type Markish, type ScaleOptions, text } from "@observablehq/plot";
import type { Axis, Figure, Row } from "../../claims/mod.ts";
import { formatNumber } from "../numbers.ts";
import { axisLabel } from "../table.ts";
import { CHARACTER, roomFor, shorten } from "./canvas.ts";

/** Where a horizontal axis would turn its labels, to fit them. */
const TURNED = -35;

/** The horizontal axis of lines and dots: numbers along a scale, or categories side by side. */
export function along(axis: Axis, values: readonly (number | string)[], width: number): {
  scale: ScaleOptions;
  marginBottom: number;
} {
  const label = { label: axisLabel(axis), labelArrow: "none", labelAnchor: "center" } as const;
  if (values.every((value) => typeof value === "number")) {
    const whole = values.every((value) => Number.isInteger(value));
    const different = new Set(values).size;
    const ticks = whole && different <= 12 ? [...new Set(values)] : undefined;
    return {
      scale: { type: "linear", tickFormat: formatNumber, ticks, ...label },
      marginBottom: 46,
    };
  }
  const names = [...new Set(values.map(String))];
  const scale = {
    type: "point",
    domain: names,
    tickFormat: (tick: unknown) => shorten(tick),
    padding: 0.5,
    ...label,
  } as const;
  if (fits(names, width)) return { scale, marginBottom: 46 };
  const room = roomFor(names) * 0.62 + 24;
  return { scale: { ...scale, tickRotate: TURNED, labelOffset: room - 4 }, marginBottom: room };
}

/** Whether labels fit side by side under a chart of this width. */
export function fits(names: readonly string[], width: number): boolean {
  const longest = Math.max(...names.map((name) => [...shorten(name)].length));
  return (longest + 1.5) * CHARACTER * names.length < width - 90;
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

/** The rows whose height is a number; a chart can place no others. */
export function numericRows(figure: Figure): (Row & { readonly y: number })[] {
  return figure.rows.filter((row): row is Row & { y: number } => typeof row.y === "number");
}

/** Every number that the vertical axis must show. */
export function heights(figure: Figure): number[] {
  return [
    ...numericRows(figure).map((row) => row.y),
    ...(figure.reference ?? []).map((line) => line.y),
  ];
}
