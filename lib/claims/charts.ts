/**
 * Pictures of evidence: what a claim's `show` returns.
 *
 * @example A dot for each run
 * ```ts
 * import { dots } from "./charts.ts";
 *
 * dots({
 *   title: "How far off each model was",
 *   x: { label: "model" },
 *   y: { label: "off by" },
 *   rows: [{ x: "sound", y: 0 }, { x: "no causal mask", y: 2.5 }],
 * });
 * ```
 *
 * @module
 */
export {
  type Axis,
  bars,
  dots,
  type Figure,
  type FigureInput,
  heatmap,
  lines,
  type Row,
} from "./figure.ts";
export { panels } from "./panels.ts";
export type { ShownRun } from "./claim.ts";
