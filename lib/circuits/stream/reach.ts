import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { Random } from "../../tensor/random.ts";
import { divergence, prediction } from "../losses/divergence.ts";
import { meanOverRows } from "../../tensor/statistics.ts";

/** How far back to edit, and with what. */
export interface ReachOptions {
  /** How many tokens before the last one each edit is made; 0 is the last one itself. */
  readonly distances: readonly number[];
  /** Which random tokens come in; 0 unless told. */
  readonly seed?: number | string;
}

/**
 * How far back a model reaches: for each distance the token that stands so far before the last one
 * is swapped for a random other one, and the last prediction is compared with what it was.
 *
 * @param rows Texts of one length, [rows][pos].
 * @returns KL(as it was || edited) in nats, averaged over rows: [distance].
 * @throws {RangeError} If a distance is no whole number or leads out of the text.
 */
export async function reach(
  model: Model,
  rows: Tokens,
  { distances, seed = 0 }: ReachOptions,
): Promise<number[]> {
  const random = new Random(`reach ${seed}`);
  const moved: number[][] = [];
  for (const row of rows) {
    const places = distances.map((distance) => placeOf(row, distance));
    const edited = places.map((place) => swap(row, place, model.config.d_vocab, random));
    moved.push(await lastMoved(model, [row, ...edited]));
  }
  return meanOverRows(moved);
}

/** How far the last prediction of each row but the first is from that of the first. */
async function lastMoved(model: Model, rows: Tokens): Promise<number[]> {
  const { logits } = await run(model, rows);
  const [own, ...edited] = rows.map((row, r) => logits.get(r, row.length - 1).data);
  const before = prediction(own);
  return edited.map((after) => divergence(before, after));
}

function placeOf(row: readonly number[], distance: number): number {
  const place = row.length - 1 - distance;
  if (Number.isInteger(distance) && distance >= 0 && place >= 0) return place;
  const required = `a whole number from 0 to ${row.length - 1} is required`;
  throw new RangeError(`Cannot edit so far back: ${required}, got ${distance}`);
}

/** The text with another token in one place. */
function swap(row: readonly number[], place: number, d_vocab: number, random: Random): number[] {
  const other = (row[place] + random.integer(1, d_vocab - 1)) % d_vocab;
  return row.map((token, i) => i === place ? other : token);
}
