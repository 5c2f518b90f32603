/**
 * Pictures of evidence: what a claim's `show` returns.
 *
 * @example A dot for each run
 * ```ts
 * import { dots } from "./charts.ts";
 *
 * dots({
 *   title: "How far off each model was",
 *   caption: "Without its mask a model is far off.",
 *   x: { label: "model" },
 *   y: { label: "off by" },
 *   rows: [{ x: "sound", y: 0 }, { x: "no causal mask", y: 2.5 }],
 * });
 * ```
 *
 * @module
 */
import { type Axis, type Chart, checked, type Row, type ShownRun } from "./pictures/figure.ts";

export type { Axis, Row, ShownRun };

/** A chart as it is made by hand. */
export type Figure = Chart;

/** A figure without its kind: what the constructors below take. */
export type FigureInput = Omit<Figure, "kind">;

/** Values over an ordered axis, one line for each series. */
export const lines: (figure: FigureInput) => Figure = maker("lines");
/** One bar for each x, grouped by series. */
export const bars: (figure: FigureInput) => Figure = maker("bars");
/** One dot for each row, coloured by series. */
export const dots: (figure: FigureInput) => Figure = maker("dots");
/** A grid of cells coloured by `value`; series, where there are several, become facets. */
export const heatmap: (figure: FigureInput) => Figure = maker("heatmap");

/**
 * The rows of a heatmap with a panel for each run, named after its control, or after the model where
 * it has none.
 *
 * @param read The matrix of a run, [y][x].
 */
export function panels<E>(
  runs: readonly ShownRun<E>[],
  read: (evidence: E) => readonly (readonly number[])[],
): Row[] {
  return runs.flatMap(({ model, control, evidence }) =>
    read(evidence).flatMap((row, y) =>
      row.map((value, x) => ({ x, y, value, series: control ?? model }))
    )
  );
}

function maker(kind: Figure["kind"]): (figure: FigureInput) => Figure {
  return (figure) => checked({ kind, ...figure });
}
