import { formatNumber, type NumberFormat } from "./number.ts";
import type { ClaimRecord, RunRecord } from "./record.ts";
import { stands } from "./verdict.ts";

/** Which runs a figure in an answer is taken from; without a choice, all of the subjects'. */
export interface Selection {
  /** One model, by its name or as the subject itself. */
  readonly model?: string | { readonly name: string };
  /** The members of one family, by its name or as the family itself. */
  readonly family?: string | { readonly name: string };
  /** Models of one origin. */
  readonly origin?: string;
  /** The runs of this control instead of the subjects'. */
  readonly control?: string;
}

/** Which runs, and how the number is written. */
export type FigureOptions = Selection & NumberFormat;

/** Reads a number, or several, from what was measured. */
export type Reading<E> = (evidence: E) => number | readonly number[];

/** What ties a sentence of an answer to a claim. */
export interface Reference {
  /** The claim's id. */
  readonly claim: string;
}

/** A number in an answer, worked out once its claim has run. */
export interface Measured extends Reference {
  /** The number as text. Throws an Error that says why where there is none. */
  readonly resolve: (record: ClaimRecord) => string;
}

/**
 * What `claim` and `refuted` return. Put it into an answer to refer to the claim, or one of its
 * figures to give a number from the runs that the reader is looking at.
 */
export interface Handle<E> extends Reference {
  /** The largest over the selected runs. */
  max(read: Reading<E>, options?: FigureOptions): Measured;
  /** The smallest over the selected runs. */
  min(read: Reading<E>, options?: FigureOptions): Measured;
  /** The mean over the selected runs. */
  mean(read: Reading<E>, options?: FigureOptions): Measured;
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
  const over =
    (how: string, reduce: (numbers: readonly number[]) => number) =>
    (read: Reading<E>, options: FigureOptions = {}): Measured => ({
      claim,
      resolve: (record) => resolve(record, how, options, (runs) => reduce(numbersOf(runs, read))),
    });
  const one = over("value", ([first, ...others]) => others.length === 0 ? first : NaN);
  return {
    claim,
    max: over("max", (numbers) => numbers.reduce((a, b) => Math.max(a, b))),
    min: over("min", (numbers) => numbers.reduce((a, b) => Math.min(a, b))),
    mean: over("mean", (numbers) => numbers.reduce((a, b) => a + b) / numbers.length),
    value: (model, read, options = {}) => one(read, { ...options, model }),
    count: (options = {}) => ({
      claim,
      resolve: (record) => resolve(record, "count", options, (runs) => runs.length),
    }),
  };
}

/** What stands in an answer for a number that was not measured because its claim did not stand. */
const NOT_MEASURED = "(not measured)";

function resolve(
  record: ClaimRecord,
  how: string,
  options: FigureOptions,
  reduce: (runs: readonly RunRecord[]) => number,
): string {
  const runs = record.runs.filter((run) => isSelected(run, options));
  // The claim's own verdict says why; the answer can still be rendered around the gap.
  if (runs.length === 0 && !stands(record.verdict)) return NOT_MEASURED;
  const what = `${how} of "${record.id}"`;
  if (runs.length === 0) throw new Error(`${what}: no run is ${inWords(options)}`);
  const number = reduce(runs);
  if (Number.isFinite(number)) return formatNumber(number, options);
  throw new Error(`${what}: it must give one finite number on the runs ${inWords(options)}`);
}

function numbersOf<E>(runs: readonly RunRecord[], read: Reading<E>): readonly number[] {
  const numbers = runs.flatMap((run) => read(run.evidence as E));
  return numbers.length > 0 ? numbers : [NaN];
}

function isSelected(run: RunRecord, { model, family, origin, control }: Selection): boolean {
  if (run.verdict !== "holds" && run.verdict !== "fails") return false;
  return run.control === control &&
    (model === undefined || run.model === nameOf(model)) &&
    (family === undefined || run.family === nameOf(family)) &&
    (origin === undefined || run.origin === origin);
}

function nameOf(named: string | { readonly name: string }): string {
  return typeof named === "string" ? named : named.name;
}

function inWords({ model, family, origin, control }: Selection): string {
  const parts = Object.entries({ model, family, origin, control })
    .flatMap(([key, given]) => given === undefined ? [] : [`${key} "${nameOf(given)}"`]);
  return parts.length === 0 ? "of a subject" : `of ${parts.join(", ")}`;
}
