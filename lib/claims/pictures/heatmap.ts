import { type Field, valueAt } from "../prose/fields.ts";
import { byName, seriesName, type Shown, shownOf } from "./channels.ts";
import { checked } from "./checked.ts";
import type { Axis, Chart, ShownRun } from "./figure.ts";
import type { Show } from "./plots.ts";

/** Numbers, [row][column]. */
export type Matrix = readonly (readonly number[])[];

/** What a heatmap takes. */
export interface Heatmap<E> extends Pick<Chart, "title" | "caption" | "log"> {
  /** Which runs are shown, a panel each; the subjects' unless told. */
  readonly on?: Shown<E>;
  /** Along the columns of the matrix. */
  readonly x: Axis;
  /** Along its rows. */
  readonly y: Axis;
  /** What the colour means, and where the matrix is: a field, or several by the names of their panels. */
  readonly value: Axis & {
    readonly of: Place<E> | Readonly<Record<string, Place<E>>>;
  };
  /** What the panel of a run is called; after its control, or else its model, unless told. */
  readonly series?: (run: ShownRun<E>) => string;
}

/** Where a matrix is: a field of the evidence, or a function of the run. */
export type Place<E> = Field<E> | ((run: ShownRun<E>) => Matrix);

/** A grid of cells coloured by a matrix of the evidence, a panel for each run. */
export function heatmap<E>(
  { on, series: called, value: { of, ...value }, ...rest }: Heatmap<NoInfer<E>>,
): Show<E> {
  return (runs) => {
    const shown = shownOf(runs, on);
    const rows = shown.flatMap((run) =>
      byName(of).flatMap(([name, place]) => {
        const series = called?.(run) ?? seriesName(name, run, shown.length);
        return cells(matrixAt(run, place)).map((cell) => ({ ...cell, ...series && { series } }));
      })
    );
    return checked({ kind: "heatmap", value, rows, ...rest });
  };
}

function matrixAt<E>(run: ShownRun<E>, place: Place<E>): Matrix {
  const value = typeof place === "function" ? place(run) : valueAt(run.evidence, place);
  if (Array.isArray(value) && value.every(Array.isArray)) return value;
  throw new RangeError(`A heatmap requires a matrix, got ${JSON.stringify(value)?.slice(0, 60)}`);
}

function cells(matrix: Matrix) {
  return matrix.flatMap((row, y) => row.map((value, x) => ({ x, y, value })));
}
