import * as Plot from "@observablehq/plot";
import type { Chart } from "../../claims/mod.ts";
import { oneLine } from "../plain_text.ts";
import type { Quantity } from "./quantity.ts";

/**
 * Dashed lines with their labels, across from where they are on the measured axis; in a chart of
 * several frames, one of these has the labels.
 */
export function references(
  figure: Chart,
  { place }: Quantity,
  measured: "x" | "y",
  frame: { readonly fx?: string; readonly fy?: string } = {},
): Plot.Markish[] {
  const line = { stroke: "currentColor", strokeDasharray: "3 4", strokeOpacity: 0.8 } as const;
  const facet = Object.fromEntries(Object.entries(frame).map(([name, of]) => [name, () => of]));
  const halo = { fill: "currentColor", stroke: "var(--paper)", strokeWidth: 4 } as const;
  return (figure.reference ?? []).flatMap(({ y, label }) => {
    const words = { ...facet, ...halo, dy: -8, [measured]: () => place(y) };
    return measured === "y"
      ? [
        Plot.ruleY([place(y)], line),
        Plot.text([oneLine(label)], { ...words, frameAnchor: "right", dx: -2 }),
      ]
      : [
        Plot.ruleX([place(y)], line),
        Plot.text([oneLine(label)], { ...words, frameAnchor: "top" }),
      ];
  });
}
