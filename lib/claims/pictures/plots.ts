import { byName, type Channel, marksOf, seriesName, type Shown, shownOf } from "./channels.ts";
import { checked } from "./checked.ts";
import type { Axis, Chart, Figure, Row, ShownRun } from "./figure.ts";

/** Draws the runs of a claim. */
export type Show<E> = (runs: readonly ShownRun<E>[]) => Figure | readonly Figure[];

/** An axis, and where its values come from. */
export interface PlotAxis<E> extends Axis {
  /** Where from; several, by the names of the series that they are, make a series each. */
  readonly of: Channel<E> | Readonly<Record<string, Channel<E>>>;
}

/** What a chart of lines, bars or dots takes. */
export interface Plot<E> extends Pick<Chart, "title" | "caption" | "reference" | "log"> {
  /** Which runs are shown; the subjects' unless told. */
  readonly on?: Shown<E>;
  /** The horizontal axis; its values come from one channel. */
  readonly x: Axis & { readonly of: Channel<E> };
  /** The vertical axis. */
  readonly y: PlotAxis<E>;
  /** What makes marks belong together; without it, each of several runs is a series of its own. */
  readonly series?: Channel<E>;
}

/** Values over an ordered axis, one line for each series. */
export function lines<E>(plot: Plot<NoInfer<E>>): Show<E> {
  return drawn("lines", plot);
}

/** One bar for each x, grouped by series. */
export function bars<E>(plot: Plot<NoInfer<E>>): Show<E> {
  return drawn("bars", plot);
}

/** One dot for each mark, coloured by series. */
export function dots<E>(plot: Plot<NoInfer<E>>): Show<E> {
  return drawn("dots", plot);
}

function drawn<E>(kind: "lines" | "bars" | "dots", plot: Plot<E>): Show<E> {
  const { on, x: { of: alongX, ...x }, y: { of: alongY, ...y }, series: by, ...rest } = plot;
  return (runs) => {
    const shown = shownOf(runs, on);
    const rows = shown.flatMap((run) =>
      byName(alongY).flatMap(([name, of]) => {
        const own = seriesName(name, run, shown.length);
        const series = by ?? (own === "" ? undefined : () => own);
        return marksOf(run, { x: alongX, y: of, series }) as Row[];
      })
    );
    return checked({ kind, x, y, rows, ...rest });
  };
}
