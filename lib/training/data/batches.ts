import { Random } from "../../tensor/mod.ts";

/**
 * The rows to train on at a step. A pure function of the step, so a run that is resumed sees what
 * an uninterrupted one would have seen, without any state being saved.
 *
 * A row of n + 1 tokens teaches n predictions: tokens 0 to n - 1 are the input, 1 to n the targets.
 */
export type Batches = (step: number) => number[][];

/** What every kind of batches is told. */
export interface BatchesOptions {
  /** Rows in a batch. */
  readonly batch: number;
  /** Inputs in a row; a row has one token more. */
  readonly length: number;
  /** Decides, together with the step, what is drawn. */
  readonly seed: number | string;
}

/**
 * Windows of `length + 1` tokens drawn uniformly, with replacement, from all windows of all texts.
 * A window never crosses from one text into the next, so a text of fewer tokens is never drawn.
 *
 * @param texts The tokens of each text.
 * @throws {RangeError} If a size is no whole number of at least 1, or every text is too short.
 */
export function textBatches(
  texts: readonly ArrayLike<number>[],
  { batch, length, seed }: BatchesOptions,
): Batches {
  checkSizes("text batches", { batch, length });
  const ends: number[] = []; // how many windows the texts up to this one have
  for (const text of texts) ends.push((ends.at(-1) ?? 0) + Math.max(0, text.length - length));
  const windows = ends.at(-1) ?? 0;
  if (windows === 0) {
    const required = `a text must have at least ${length + 1} tokens, none of ${texts.length} has`;
    throw new RangeError(`Cannot draw windows: ${required}`);
  }
  const row = (window: number) => {
    const which = ends.findIndex((end) => end > window);
    const text = texts[which];
    const start = window - (ends[which - 1] ?? 0);
    return Array.from({ length: length + 1 }, (_, i) => text[start + i]);
  };
  return (step) => randomAt(seed, step).integers(batch, windows).map(row);
}

/**
 * The induction recipe: `first` alone for the first `alone` steps, after that the first half of
 * each batch of `first` and the second half of each batch of `second`.
 */
export function alternate(
  { first, second, alone }: { first: Batches; second: Batches; alone: number },
): Batches {
  return (step) => {
    const rows = first(step);
    if (step < alone) return rows;
    const half = Math.ceil(rows.length / 2);
    return [...rows.slice(0, half), ...second(step).slice(half)];
  };
}

/** The random numbers of one step of one run. */
export function randomAt(seed: number | string, step: number): Random {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new RangeError(
      `Cannot draw a batch: the step must be a whole number from 0, got ${step}`,
    );
  }
  return new Random(`${seed}/${step}`);
}

/** Refuses a size that is no whole number of at least 1. */
export function checkSizes(what: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isSafeInteger(size) && size >= 1) continue;
    throw new RangeError(
      `Cannot draw ${what}: ${name} must be a whole number of at least 1, got ${size}`,
    );
  }
}
