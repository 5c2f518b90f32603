import * as Plot from "@observablehq/plot";
import type { Figure } from "../../claims/mod.ts";
import type { Quantity } from "./quantity.ts";

/** Where the lines run and, in a chart of several frames, which frame has their labels. */
export interface Direction {
  /** Across where the measured axis is the vertical one. */
  readonly run: "across" | "upright";
  /** The frame, by its name. */
  readonly labelled?: { readonly fx?: string; readonly fy?: string };
}

/** Dashed lines across the chart with their labels, along the measured axis. */
export function references(
  figure: Figure,
  { place }: Quantity,
  { run, labelled = {} }: Direction = { run: "across" },
): Plot.Markish[] {
  const line = { stroke: "currentColor", strokeDasharray: "3 4", strokeOpacity: 0.8 } as const;
  const { fx, fy } = labelled;
  const frame = { fx: fx && (() => fx), fy: fy && (() => fy) };
  const halo = { fill: "currentColor", stroke: "var(--paper)", strokeWidth: 4 } as const;
  const words = { ...frame, ...halo, dy: -8 };
  return (figure.reference ?? []).flatMap(({ y, label }) =>
    run === "across"
      ? [
        Plot.ruleY([place(y)], line),
        Plot.text([label], { ...words, y: () => place(y), frameAnchor: "right", dx: -2 }),
      ]
      : [
        Plot.ruleX([place(y)], line),
        Plot.text([label], { ...words, x: () => place(y), frameAnchor: "top" }),
      ]
  );
}
