import { max, mean, min } from "../../tensor/statistics.ts";
import { formatNumber, type NumberFormat } from "./number.ts";
import type { ClaimRecord, RunRecord } from "../record.ts";
import { stands } from "../verdict.ts";

/**
 * Which runs a figure in an answer is taken from, and how it is written; without a choice, from all
 * runs of the subjects.
 */
export interface FigureOptions extends NumberFormat {
  /** One model, by its name or as the subject itself. */
  readonly model?: string | { readonly name: string };
  /** Models of one origin. */
  readonly origin?: string;
  /** The runs of this control instead of the subjects'. */
  readonly control?: string;
}

/** What becomes of the numbers that the selected runs give. */
const REDUCTIONS = {
  max,
  min,
  mean,
  value: ([first, ...others]: readonly number[]) => others.length === 0 ? first : NaN,
  count: (ones: readonly number[]) => ones.length,
};

/** A number in an answer, worked out once its claim has run. */
export interface Measured {
  /** The claim's id. */
  readonly claim: string;
  /** What becomes of the numbers that are read. */
  readonly how: "max" | "min" | "mean" | "value" | "count";
  /** Reads a number, or several, from what a run measured. */
  readonly read: (evidence: never) => number | readonly number[];
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
  /** The largest over the selected runs. */
  max(read: (evidence: E) => number | readonly number[], options?: FigureOptions): Measured;
  /** The smallest over the selected runs. */
  min(read: (evidence: E) => number | readonly number[], options?: FigureOptions): Measured;
  /** The mean over the selected runs. */
  mean(read: (evidence: E) => number | readonly number[], options?: FigureOptions): Measured;
  /** The number of one model. */
  value(
    model: string | { readonly name: string },
    read: (evidence: E) => number,
    options?: FigureOptions,
  ): Measured;
  /** How many runs were selected. */
  count(options?: FigureOptions): Measured;
}

/** The handle of a claim. */
export function makeHandle<E>(claim: string): Handle<E> {
  const by = (how: Measured["how"]) => (read: Measured["read"], options: FigureOptions = {}) => ({
    ...{ claim, how, read, options },
  });
  return {
    claim,
    max: by("max"),
    min: by("min"),
    mean: by("mean"),
    value: (model, read, options) => by("value")(read, { ...options, model }),
    count: (options) => by("count")(() => 1, options),
  };
}

/** What stands in an answer for a number that was not measured because its claim did not stand. */
const NOT_MEASURED = "(not measured)";

/** The number as text. Throws an Error that says why where there is none. */
export function resolveMeasured({ how, read, options }: Measured, record: ClaimRecord): string {
  const runs = record.runs.filter((run) => isSelected(run, options));
  // The claim's own verdict says why; the answer can still be rendered around the gap.
  if (runs.length === 0 && !stands(record.verdict)) return NOT_MEASURED;
  const what = `${how} of "${record.id}"`;
  if (runs.length === 0) throw new Error(`${what}: no run is ${inWords(options)}`);
  const numbers = runs.flatMap((run) => read(run.evidence as never));
  const number = numbers.length === 0 ? NaN : REDUCTIONS[how](numbers);
  if (Number.isFinite(number)) return formatNumber(number, options);
  throw new Error(`${what}: it must give one finite number on the runs ${inWords(options)}`);
}

function isSelected(run: RunRecord, { model, origin, control }: FigureOptions): boolean {
  if (run.verdict !== "holds" && run.verdict !== "fails") return false;
  return run.control === control &&
    (model === undefined || run.model === nameOf(model)) &&
    (origin === undefined || run.origin === origin);
}

function nameOf(named: string | { readonly name: string }): string {
  return typeof named === "string" ? named : named.name;
}

function inWords({ model, origin, control }: FigureOptions): string {
  const parts = Object.entries({ model, origin, control })
    .flatMap(([key, given]) => given === undefined ? [] : [`${key} "${nameOf(given)}"`]);
  return parts.length === 0 ? "of a subject" : `of ${parts.join(", ")}`;
}
