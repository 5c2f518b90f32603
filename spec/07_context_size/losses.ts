import memoize from "memoize";
import type { Model } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** Held-out texts that losses are compared on, and further ones for what differs by hundredths. */
const ROWS = 5;
const MORE_ROWS = 3;

/** The loss with all of the text to go by, and with windows of the old length: [row][window]. */
export const inText: (model: Model) => Promise<number[][]> = memoize(
  async (model: Model) => probes.lossInText(model, await longRows(), models.stretched.WINDOW),
  { cache: new WeakMap() },
);
export const inMoreText: (model: Model) => Promise<number[][]> = memoize(
  async (model: Model) =>
    probes.lossInText(model, await longRows(MORE_ROWS), models.stretched.WINDOW),
  { cache: new WeakMap() },
);
export const inWindows: (model: Model) => Promise<number[][]> = memoize(
  async (model: Model) => probes.lossInWindows(model, await longRows(), models.stretched.WINDOW),
  { cache: new WeakMap() },
);

/** Held-out texts of some windows, or as many `more` than those. */
export async function longRows(more = 0): Promise<number[][]> {
  const rows = await texts.heldOutRows({
    rows: ROWS + more,
    length: models.stretched.LONG_WINDOW + 1,
    seed: "long",
  });
  return more > 0 ? rows.slice(ROWS) : rows;
}
