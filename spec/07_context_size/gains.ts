/** What models gain by reading more of a text. */
import type { Model } from "../../mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { estimate, inText, inWindows, less } from "./losses.ts";

const { WINDOW } = models.stretched;

/**
 * Tokens in a piece: predictions in its second half have seven of them at least and all at most.
 */
const PIECE = 12;

/** What copiers are given: blocks that are said again, longer than what counts as their window. */
const COPIED = { window: 40, block: [41, 41], rows: 10 } as const;

/** Losses in nats, [row][window]. */
type Losses = readonly number[][];

/**
 * How much lower than in windows the loss is in whole texts, in all windows but the first, and what
 * two standard errors allow.
 */
export function gained(windows: Losses, text: Losses) {
  const { mean: gain, error } = estimate(less(windows, text).map((row) => mean(row.slice(1))));
  return { gain, atMost: gain + 2 * error };
}

/**
 * What the old model gains by its whole window over pieces of it, and the longer one by all of a
 * text over windows of it.
 */
export async function gains({ base, longer }: models.stretched.Stretched, piece = PIECE) {
  const rows = await models.texts.heldOutRows({ rows: 20, length: WINDOW + 1, seed: "short" });
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

/** What whole texts gain over pieces of them. */
async function gainOver(model: Model, rows: number[][], piece: number) {
  const pieces = await probes.lossInWindows(model, rows, piece);
  return gained(pieces, await probes.lossInText(model, rows, piece));
}

function copies(model: Model, length: number): number[][] {
  return probes.drawRepeatedBlocks(model, { ...COPIED, length }).tokens;
}
