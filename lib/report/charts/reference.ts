import * as Plot from "@observablehq/plot";
import type { Chart } from "../../claims/mod.ts";
import type { Quantity } from "./quantity.ts";
import type { Key } from "./keys.ts";

/** Of the first line to compare with, the second, and so on: the legend says which is which. */
const DASHES = ["3 4", "9 4", "1 3", "9 3 2 3"];

/** Dashed lines across from where they are on the measured axis. */
export function references(
  { reference = [] }: Chart,
  { place }: Quantity,
  measured: "x" | "y",
): Plot.Markish[] {
  const rule = measured === "y" ? Plot.ruleY : Plot.ruleX;
  return reference.map(({ y }, i) =>
    rule([place(y)], {
      stroke: "currentColor",
      strokeDasharray: dashesOf(i),
      strokeWidth: 1.5,
      strokeOpacity: 0.8,
    })
  );
}

/** What the lines are called, for the legend. */
export function referenceKeys({ reference = [] }: Chart): Key[] {
  return reference.map(({ label }, i) => ({ label, dashed: dashesOf(i) }));
}

function dashesOf(i: number): string {
  return DASHES[i % DASHES.length];
}
