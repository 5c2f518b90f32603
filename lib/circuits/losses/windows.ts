import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { mean, meanOverRows, standardError, type Tensor } from "../../tensor/mod.ts";
import { inBatches } from "../texts/in_batches.ts";
import { logProbability } from "./log_probability.ts";

/**
 * The loss of a model that sees no more than a window: each text is cut into windows, and each is
 * run as a text of its own. Predictions in the second half of a window count, which have at least
 * half of it to go by.
 *
 * @param rows Texts of a whole number of windows and one token more, which is only predicted.
 * @param window Tokens in a window; an even number.
 * @returns The mean for each window in nats: [row][window].
 * @throws {RangeError} If the texts are not of such a length.
 */
export async function lossInWindows(
  model: Model,
  rows: Tokens,
  window: number,
): Promise<number[][]> {
  const windows = windowsIn(rows, window);
  const texts = rows.flatMap((row) => windows.map((k) => row.slice(k * window, (k + 1) * window)));
  const logits = await logitsOf(model, texts);
  return lossesOf(rows, window, (row, k, place) => logits[row * windows.length + k].get(place));
}

/**
 * The loss on the same predictions, each with all of the text that comes before it to go by.
 *
 * @returns The mean for each window in nats: [row][window].
 * @throws {RangeError} If the texts are not a whole number of windows and one token more.
 */
export async function lossInText(
  model: Model,
  rows: Tokens,
  window: number,
): Promise<number[][]> {
  windowsIn(rows, window);
  const logits = await logitsOf(model, rows.map((row) => row.slice(0, -1)));
  return lossesOf(rows, window, (row, k, place) => logits[row].get(k * window + place));
}

/** How one list of losses stands to another on the same predictions, as evidence: [window]. */
export type ExcessLoss = {
  /** Means over rows of the first, in nats. */
  readonly loss: readonly number[];
  /** By how much they are above those of the second. */
  readonly excess: readonly number[];
  /** The standard errors of these differences, which have the same rows on both sides. */
  readonly error: readonly number[];
};

/** Compares losses on the same predictions, [row][window]. */
export function excessLoss(
  given: readonly number[][],
  base: readonly number[][],
): ExcessLoss {
  const excess = given[0].map((_, k) => given.map((row, r) => row[k] - base[r][k]));
  return { loss: meanOverRows(given), excess: excess.map(mean), error: excess.map(standardError) };
}

/** Of each text, [pos, d_vocab]. */
async function logitsOf(model: Model, texts: Tokens): Promise<Tensor[]> {
  const logits: Tensor[] = [];
  for (const batch of inBatches(texts)) logits.push(...(await run(model, batch)).logits.unstack());
  return logits;
}

/** @param logitsAt Of a row, at a place in one of its windows: [d_vocab]. */
function lossesOf(
  rows: Tokens,
  window: number,
  logitsAt: (row: number, k: number, place: number) => Tensor,
): number[][] {
  const secondHalf = Array.from({ length: window / 2 }, (_, i) => window / 2 + i);
  return rows.map((row, r) =>
    windowsIn(rows, window).map((k) =>
      mean(
        secondHalf.map((place) =>
          -logProbability(logitsAt(r, k, place).data, row[k * window + place + 1])
        ),
      )
    )
  );
}

/** The numbers of the windows that each text has. */
function windowsIn(rows: Tokens, window: number): number[] {
  const count = (rows[0].length - 1) / window;
  if (window % 2 === 0 && Number.isInteger(count) && count > 0) return [...Array(count).keys()];
  const required = `an even window and texts of some windows and one token more are required`;
  throw new RangeError(
    `Cannot compare windows: ${required}, got ${window} and ${rows[0].length} tokens`,
  );
}
