/**
 * Pictures of evidence: what a claim's `show` is given. Each takes the runs of its claim, and channels
 * that say where its marks come from: fields of the evidence by name, as the compiler checks.
 *
 * @example The loss at each position, a line for each model
 * ```ts
 * import { lines } from "./mod.ts";
 *
 * const show = lines<{ loss: number[] }>({
 *   title: "The loss falls along the text",
 *   caption: "A line for each model.",
 *   x: { label: "position", of: "index" },
 *   y: { label: "loss", unit: "nats", of: "loss" },
 *   series: "model",
 * });
 * show([{ model: "tiny", origin: "random", role: "subject", evidence: { loss: [3, 2, 1] } }]);
 * ```
 *
 * @module
 */
export type { Channel, Shown, Values } from "./channels.ts";
export { bars, dots, lines, type Plot, type PlotAxis, type Show } from "./plots.ts";
export type {
  Arcs,
  Axis,
  Chart,
  Fan,
  Figure,
  NamedMatrix,
  Part,
  Product,
  Row,
  Sentence,
  ShownRun,
  Titled,
  Vectors,
} from "./figure.ts";
export { type Heatmap, heatmap, type Matrix, type Place } from "./heatmap.ts";
export {
  arcs,
  fan,
  type Illustration,
  type OneOrMore,
  product,
  sentence,
  vectors,
} from "./illustrations.ts";
