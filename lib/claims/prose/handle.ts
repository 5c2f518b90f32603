import { max, mean, min } from "../../tensor/statistics.ts";
import { type Field, numbersAt } from "./fields.ts";
import { isSelected, type Selection, selectionInWords } from "./selection.ts";
import { formatNumber, type NumberFormat, type Rounding } from "./number.ts";
import type { ClaimRecord, RunRecord } from "../record.ts";
import { stands } from "../verdict.ts";

/** Which runs a figure in an answer is taken from, and how it is written. */
export type FigureOptions = Selection & NumberFormat;

/** How the numbers at some fields of the evidence are written, wherever an answer gives them. */
export type Units<E> = { readonly [Name in Field<E>]?: NumberFormat };

/** What becomes of the numbers that the selected runs give. */
const REDUCTIONS = {
  max,
  min,
  mean,
  value: ([first, ...others]: readonly number[]) => others.length === 0 ? first : NaN,
  count: (ones: readonly number[]) => ones.length,
};

/** The largest and the smallest are read as bounds: rounding must not make them untrue. */
const OUTWARD: { readonly [how in keyof typeof REDUCTIONS]?: Rounding } = {
  max: "up",
  min: "down",
};

/** A number in an answer, worked out once its claim has run. */
export interface Measured {
  /** The claim's id. */
  readonly claim: string;
  /** What becomes of the numbers that are read. */
  readonly how: "max" | "min" | "mean" | "value" | "count";
  /** The field that holds a number, or several; what only counts runs has none. */
  readonly field?: string;
  /** Which runs, and how the number is written. */
  readonly options: FigureOptions;
}

/**
 * What `claim` and `refuted` return. Put it into an answer to refer to the claim, or one of its
 * figures to give a number from the runs that the reader is looking at.
 */
export interface Handle<E> {
  /** The claim's id. */
  readonly claim: string;
  /** The largest over the selected runs, rounded up. */
  max(field: Field<E>, options?: FigureOptions): Measured;
  /** The smallest over the selected runs, rounded down. */
  min(field: Field<E>, options?: FigureOptions): Measured;
  /** The mean over the selected runs. */
  mean(field: Field<E>, options?: FigureOptions): Measured;
  /** The number of one model. */
  value(
    model: string | { readonly name: string },
    field: Field<E>,
    options?: FigureOptions,
  ): Measured;
  /** How many runs were selected. */
  count(options?: FigureOptions): Measured;
}

/** The handle of a claim whose numbers are written so. */
export function makeHandle<E>(claim: string, units: Units<E> = {}): Handle<E> {
  const formats: Readonly<Record<string, NumberFormat | undefined>> = units;
  const by = (how: Measured["how"]) => (field: string, options: FigureOptions = {}) => ({
    ...{ claim, how, field },
    options: { ...formats[field], ...options },
  });
  return {
    claim,
    max: by("max"),
    min: by("min"),
    mean: by("mean"),
    value: (model, field, options) => by("value")(field, { ...options, model }),
    count: (options = {}) => ({ claim, how: "count", options }),
  };
}

/** What stands in an answer for a number that was not measured because its claim did not stand. */
const NOT_MEASURED = "(not measured)";

/** The number as text. Throws an Error that says why where there is none. */
export function resolveMeasured({ how, field, options }: Measured, record: ClaimRecord): string {
  const runs = record.runs.filter((run) => hasMeasured(run) && isSelected(run, options));
  // The claim's own verdict says why; the answer can still be rendered around the gap.
  if (runs.length === 0 && !stands(record.verdict)) return NOT_MEASURED;
  const what = `${how} of "${record.id}"`;
  if (runs.length === 0) throw new Error(`${what}: no run is ${selectionInWords(options)}`);
  const numbers = runs.flatMap(({ evidence }) =>
    field === undefined ? [1] : numbersAt(evidence, field)
  );
  const number = numbers.length === 0 ? NaN : REDUCTIONS[how](numbers);
  if (Number.isFinite(number)) return formatNumber(number, options, OUTWARD[how]);
  throw new Error(
    `${what}: it must give one finite number on the runs ${selectionInWords(options)}`,
  );
}

function hasMeasured({ verdict }: RunRecord): boolean {
  return verdict === "holds" || verdict === "fails";
}
