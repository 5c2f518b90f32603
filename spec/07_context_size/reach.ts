/** How much of a text models make use of, and how far back. */
import type { Model } from "../../mod.ts";
import { max, mean } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { estimate, inText, inWindows, less, longRows } from "./losses.ts";

const { WINDOW } = models.stretched;

/** How far back edits are made, in tokens: close by, inside the old window, and past it. */
const NEAR = [1, 4];
const INSIDE = [20, 40, WINDOW - 1];
const PAST = [1, 3].map((windows) => windows * WINDOW);

/** On how many texts. */
const EDITED = 5;

/** Tokens in a piece, of which predictions in its second half have six at least and all at most. */
const PIECE = 12;

/** What copiers are given: blocks that are said again, longer than what counts as their window. */
const COPIED = { window: 40, block: [41, 41] } as const;

/** Losses in nats, [row][window]. */
type Losses = readonly number[][];

/** How much lower than in windows the loss is in whole texts, in all windows but the first. */
export function gained(windows: Losses, text: Losses) {
  const { mean: gain, error } = estimate(less(windows, text).map((row) => mean(row.slice(1))));
  return { gain, error };
}

/** What the whole old window gains over pieces of it. */
export async function gainOverPieces(
  model: Model,
  { piece = PIECE, rows }: { readonly piece?: number; readonly rows?: number[][] } = {},
) {
  rows ??= await models.texts.heldOutRows({ rows: 40, length: WINDOW + 1, seed: "short" });
  const windows = await probes.lossInWindows(model, rows, piece);
  return gained(windows, await probes.lossInText(model, rows, piece));
}

/** The same of a text that says a block again. */
export function gainOverPiecesOfCopies(model: Model) {
  return gainOverPieces(model, { rows: copies(model, WINDOW + 1) });
}

/** How far back an edit moves the last prediction, and what more than a window of text gains. */
export async function reachBack({ base, longer }: models.stretched.Stretched) {
  const rows = (await longRows()).slice(0, EDITED);
  const own = { model: base, rows: rows.map((row) => row.slice(0, WINDOW)), inside: INSIDE };
  const long = { model: longer, rows: rows.map((row) => row.slice(0, -1)), inside: INSIDE };
  return {
    ...gained(await inWindows(longer), await inText(longer)),
    ...await moves({ ...long, past: PAST }),
    own: await moves(own),
  };
}

/** The same of a text that says a block again, longer than what counts as a window. */
export async function reachBackInCopies({ base, longer }: models.stretched.Stretched) {
  const { window } = COPIED;
  const rows = copies(longer, 2 * window + 1);
  const windows = await probes.lossInWindows(longer, rows, window);
  const own = { model: base, rows: rows.map((row) => row.slice(0, window)), inside: [20] };
  const long = { model: longer, rows: rows.map((row) => row.slice(0, -1)), inside: [20] };
  return {
    ...gained(windows, await probes.lossInText(longer, rows, window)),
    ...await moves({ ...long, past: [window] }),
    own: await moves(own),
  };
}

/** Where edits are made, and how far they move the last prediction. */
async function moves(
  { model, rows, inside, past = [] }: {
    readonly model: Model;
    readonly rows: number[][];
    readonly inside: readonly number[];
    readonly past?: readonly number[];
  },
) {
  const distances = [...NEAR, ...inside, ...past];
  const moved = await probes.effectByDistance(model, rows, distances);
  const far = past.length > 0 ? moved.slice(-past.length) : moved.slice(-1);
  return { distances, moved, near: mean(moved.slice(0, NEAR.length)), far: max(far) };
}

function copies(model: Model, length: number): number[][] {
  return probes.drawRepeatedBlocks(model, { block: COPIED.block, rows: EDITED, length }).tokens;
}
