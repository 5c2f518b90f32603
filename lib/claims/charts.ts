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
import { isOneLine, ONE_LINE } from "./names.ts";

/** What an axis shows. */
export interface Axis {
  /** What is shown, in a word or two. */
  readonly label: string;
  /** Such as "nats" or "tokens". */
  readonly unit?: string;
}

/** One mark of a figure. */
export interface Row {
  /** Position along x; a string is a category. */
  readonly x: number | string;
  /** Position along y; a string is a category. */
  readonly y: number | string;
  /** Which line, group of bars or colour of dots it belongs to. */
  readonly series?: string;
  /** The colour of a heatmap's cell. */
  readonly value?: number;
}

/** A run as `show` sees it: only those that measured something, subjects first. */
export interface ShownRun<E> {
  /** The model's name; a sabotage appears in `control`, not here. */
  readonly model: string;
  /** Where the model comes from, such as "trained" or "random". */
  readonly origin: string;
  /** The family that the model was drawn from. */
  readonly family?: string;
  /** Whether the claim is about this run, or must be told apart from it. */
  readonly role: "subject" | "control";
  /** The control's name, where it is a control's run. */
  readonly control?: string;
  /** What was measured. */
  readonly evidence: E;
}

/** A picture as plain data, which the report draws and also prints as a table. */
export interface Figure {
  /** How the rows are drawn. */
  readonly kind: "lines" | "bars" | "dots" | "heatmap";
  /** In a few words. */
  readonly title: string;
  /** What to see in it. */
  readonly caption: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** What the colour of a heatmap's cells means. */
  readonly value?: Axis;
  /** The data: one mark each. */
  readonly rows: readonly Row[];
  /** Horizontal lines to compare with, such as chance. */
  readonly reference?: readonly { readonly y: number; readonly label: string }[];
  /** Whether the y axis (a heatmap: the colour) is logarithmic; an exact zero has a place beside it. */
  readonly log?: boolean;
}

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
  return (figure) => {
    const { title } = figure;
    if (!isOneLine(title)) refuse(title, `its title requires ${ONE_LINE}`, title);
    return checkFigure({ kind, ...figure });
  };
}

/**
 * A figure that can be drawn.
 *
 * @throws {RangeError} With what it would take, where it cannot.
 */
export function checkFigure(figure: Figure): Figure {
  const { kind, title, rows, reference = [], log } = figure;
  if (rows.length === 0) refuse(title, "it requires at least one row", []);
  for (const row of [...rows, ...reference.map(({ y }) => ({ x: 0, y, value: 0 }))]) {
    const measured = kind === "heatmap" ? row.value : row.y;
    if (measured === undefined) refuse(title, "a cell requires a value", row);
    if (typeof measured === "string") refuse(title, "the height of a mark requires a number", row);
    for (const number of [row.x, row.y, row.value ?? 0]) {
      if (typeof number === "string" || Number.isFinite(number)) continue;
      refuse(title, "every number of a row must be finite", { ...row, wrong: String(number) });
    }
    // Charts keep a place for an exact zero.
    if (log && measured < 0) refuse(title, "a logarithmic axis requires none below zero", row);
  }
  return figure;
}

function refuse(title: string, required: string, given: unknown): never {
  const got = JSON.stringify(given);
  throw new RangeError(`Cannot make the figure "${title}": ${required}, got ${got}`);
}
