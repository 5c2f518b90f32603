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

/**
 * What the old model gains by its whole window over pieces of it, and the longer one by all of a
 * text over windows of it.
 */
export async function gains({ base, longer }: models.stretched.Stretched, piece = PIECE) {
  const rows = await models.texts.heldOutRows({ rows: 40, length: WINDOW + 1, seed: "short" });
  return {
    inside: await gainOver(base, rows, piece),
    beyond: gained(await inWindows(longer), await inText(longer)),
  };
}

/** The same where a block is said again. */
export async function gainsInCopies({ base, longer }: models.stretched.Stretched) {
  const { window } = COPIED;
  return {
    inside: await gainOver(base, copies(base, WINDOW + 1), PIECE),
    beyond: await gainOver(longer, copies(longer, 2 * window + 1), window),
  };
}

/** How far back an edit moves the last prediction: in the longer window, and in the old one. */
export async function reachBack({ base, longer }: models.stretched.Stretched) {
  const rows = (await longRows()).slice(0, EDITED);
  return {
    ...await moves(longer, rows.map((row) => row.slice(0, -1)), [...INSIDE, ...PAST]),
    own: await moves(base, rows.map((row) => row.slice(0, WINDOW)), INSIDE),
  };
}

/** The same where a block is said again, which is longer than what counts as a window. */
export async function reachBackInCopies({ base, longer }: models.stretched.Stretched) {
  const { window } = COPIED;
  const rows = copies(longer, 2 * window);
  return {
    ...await moves(longer, rows, [20, window]),
    own: await moves(base, rows.map((row) => row.slice(0, window)), [20]),
  };
}

/** What whole texts gain over pieces of them. */
async function gainOver(model: Model, rows: number[][], piece: number) {
  const pieces = await probes.lossInWindows(model, rows, piece);
  return gained(pieces, await probes.lossInText(model, rows, piece));
}

/** How far edits near by, and so many tokens back, move the last prediction. */
async function moves(model: Model, rows: number[][], back: readonly number[]) {
  const distances = [...NEAR, ...back];
  const moved = await probes.effectByDistance(model, rows, distances);
  // A window and more, where the text has so much, and else as far as it was tried.
  const far = moved.filter((_, d) => distances[d] >= Math.min(WINDOW, back.at(-1)!));
  return { distances, moved, near: mean(moved.slice(0, NEAR.length)), far: max(far) };
}

function copies(model: Model, length: number): number[][] {
  return probes.drawRepeatedBlocks(model, { block: COPIED.block, rows: EDITED, length }).tokens;
}
