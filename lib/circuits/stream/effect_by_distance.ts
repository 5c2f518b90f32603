import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { meanOverRows, Random } from "../../tensor/mod.ts";
import { divergence, prediction } from "../losses/divergence.ts";
import { editToken } from "./influence.ts";

/**
 * How far back an edited token still changes the last prediction: for each distance the token that
 * stands so far before the last one is swapped for a random other one, and the prediction is
 * compared with what it was.
 *
 * @param rows Texts of one length, [rows][pos].
 * @param distances How many tokens before the last one each edit is made; 0 is the last one itself.
 * @returns KL(as it was || edited) in nats, averaged over rows: [distance].
 * @throws {RangeError} If a distance is no whole number or leads out of the text.
 */
export async function effectByDistance(
  model: Model,
  rows: Tokens,
  distances: readonly number[],
): Promise<number[]> {
  const random = new Random("reach 0");
  const moved: number[][] = [];
  for (const row of rows) {
    const places = distances.map((distance) => placeOf(row, distance));
    const edited = places.map((place) => editToken(model, row, place, random));
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
