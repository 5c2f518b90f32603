import * as Plot from "@observablehq/plot";
import type { Row } from "../../claims/mod.ts";
import { seriesOf } from "../figure_labels.ts";
import { wrapped } from "./labels.ts";

/** A panel is at least this wide where several stand side by side. */
const NARROWEST = 130;

/** Height of one line of a panel's title. */
const LINE = 17;

/** Room below a panel that has another under it. */
const GAP = 14;

/** One panel for each series, as many side by side as the width allows, the others below. */
export interface Panels {
  /** Width of one. */
  readonly width: number;
  /** Room above each for its title. */
  readonly titleHeight: number;
  /** Height of all when each is this high. */
  readonly frame: (height: number) => number;
  /** Plot's `fx` and `fy` for panels of this height. */
  readonly scales: (height: number) => Pick<Plot.PlotOptions, "fx" | "fy">;
  /** The `fx` and `fy` channels that put a row into its panel. */
  readonly place: { readonly fx: (row: Row) => number; readonly fy: (row: Row) => number };
  /** The names of the series above their panels. */
  readonly titles: Plot.Markish[];
}

/** Panels of these rows within a width. */
export function panels(rows: readonly Row[], width: number): Panels {
  const names = [...new Set(rows.map(seriesOf))];
  const columns = Math.min(names.length, Math.max(1, Math.floor(width / NARROWEST)));
  const lines = Math.ceil(names.length / columns);
  const own = width / (columns + 0.08 * (columns - 1));
  const broken = names.map((name) => wrapped(name, own));
  const titleHeight = Math.max(...broken.map((title) => title.length)) * LINE + 6;
  const between = titleHeight + GAP;
  const fx = (row: Row) => names.indexOf(seriesOf(row)) % columns;
  const fy = (row: Row) => Math.floor(names.indexOf(seriesOf(row)) / columns);
  const band = { axis: null, paddingOuter: 0, round: false } as const;
  return {
    width: own,
    titleHeight: names.every((name) => name === "") ? 0 : titleHeight,
    frame: (height) => lines * height + (lines - 1) * between,
    scales: (height) => ({
      fx: { ...band, domain: range(columns), paddingInner: columns > 1 ? 0.08 / 1.08 : 0 },
      fy: {
        ...band,
        domain: range(lines),
        paddingInner: lines > 1 ? between / (height + between) : 0,
      },
    }),
    place: { fx, fy },
    titles: broken.flatMap((title, i) => titleMarks(title, i % columns, Math.floor(i / columns))),
  };
}

function titleMarks(lines: readonly string[], fx: number, fy: number): Plot.Markish[] {
  return lines.filter((line) => line !== "").map((line, i) =>
    Plot.text([line], {
      fx: () => fx,
      fy: () => fy,
      frameAnchor: "top",
      lineAnchor: "bottom",
      dy: -6 - (lines.length - 1 - i) * LINE,
      fill: "currentColor",
    })
  );
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
