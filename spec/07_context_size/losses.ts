/** What models lose past the window that they were trained with, and how far back they reach. */
import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { max, mean, standardError } from "../../lib/tensor/mod.ts";
import type { Stretch } from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";

const { WINDOW, LONG_WINDOW, TUNING_COST } = models.stretched;

/** Held-out texts that losses are compared on. */
const ROWS = 5;

/** Ways to make a rotary model serve a longer window. */
const WAYS: readonly Stretch[] = ["run on", "interpolated", "base changed"];

/** How far back edits are made, in tokens: close by, and one window back and more. */
const NEAR = [1, 4];
const FAR = [1, 2, 3].map((windows) => windows * WINDOW);

/** Losses on the same predictions, [row][window]. */
type Losses = Promise<number[][]>;

/** The loss with all of the text to go by, and with windows of the old length. */
const inText: (model: Model) => Losses = memoize(
  async (model: Model) => probes.lossInText(model, await longRows(), WINDOW),
  { cache: new WeakMap() },
);
const inWindows: (model: Model) => Losses = memoize(
  async (model: Model) => probes.lossInWindows(model, await longRows(), WINDOW),
  { cache: new WeakMap() },
);

/** Held-out texts of some windows. */
function longRows(): Promise<number[][]> {
  return models.texts.heldOutRows({ rows: ROWS, length: LONG_WINDOW + 1, seed: "long" });
}

/** A mean over texts with its standard error. */
export function estimate(byText: readonly number[]) {
  return { mean: mean(byText), error: standardError(byText) };
}

/** Losses less others on the same predictions, [row][window]. */
export function less(losses: readonly number[][], others: readonly number[][]): number[][] {
  return losses.map((row, r) => row.map((loss, k) => loss - others[r][k]));
}

/** What a pair's longer one loses by window, and past the old one where it is worst. */
export async function pastTheWindow({ base, longer }: models.stretched.Stretched) {
  const { excess, error } = probes.excessLoss(await inText(longer), await inWindows(base));
  return {
    excess,
    worst: max(excess.slice(1)),
    // What three standard errors allow.
    atMost: max(excess.map((lost, k) => lost + 3 * error[k]).slice(1)),
  };
}

/** Mean losses of each table past the old window and inside it, above those of the old one. */
export async function compareTables(
  { base, tuned, fresh, untuned }: models.stretched.LearnedTables,
) {
  const old = await inWindows(base);
  const above = async (model: Model) => {
    const apart = less(await inText(model), old);
    return { inside: apart.map(([first]) => first), past: apart.map((row) => mean(row.slice(1))) };
  };
  const [stretched, added, rough] = [await above(tuned), await above(fresh), await above(untuned)];
  return {
    untuned: estimate(rough.past),
    tuned: estimate(stretched.past),
    inside: estimate(stretched.inside),
    fresh: estimate(added.past),
    gap: estimate(added.past.map((loss, r) => loss - stretched.past[r])),
    ...TUNING_COST,
  };
}

/** What each way loses, by window, and the farthest that it is from the old loss in any of them. */
export async function compareWays({ base, ...ways }: models.stretched.EachWay) {
  const lost = async (way: Stretch) => {
    const { excess } = await pastTheWindow({ base, longer: ways[way] });
    return { excess, farthest: max(excess.map(Math.abs)) };
  };
  const [runOn, squeezed, slowed] = await Promise.all(WAYS.map(lost));
  const farthest = max([runOn, squeezed, slowed].map((way) => way.farthest));
  return { runOn, squeezed, slowed, farthest };
}

/** How far back an edit moves the last prediction, and what more than a window of text gains. */
export async function reachBack(model: Model) {
  const distances = [...NEAR, ...FAR];
  const rows = (await longRows()).slice(0, 2).map((row) => row.slice(0, FAR.at(-1)! + 1));
  const moved = await probes.effectByDistance(model, rows, distances);
  const gained = less(await inWindows(model), await inText(model)).map((row) => mean(row.slice(1)));
  const { mean: gain, error } = estimate(gained);
  return {
    distances,
    moved,
    near: mean(moved.slice(0, NEAR.length)),
    far: max(moved.slice(NEAR.length)),
    gain,
    error,
  };
}
