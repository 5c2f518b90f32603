/** What models lose past the window that they were trained with. */
import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { max, mean, min, standardError } from "../../lib/tensor/mod.ts";
import { type Stretch, stretched } from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";

const { WINDOW, LONG_WINDOW, TUNING_COST } = models.stretched;

/** Held-out texts that losses are compared on. */
const ROWS = 8;

/** Ways to make a rotary model serve a longer window. */
const WAYS: readonly Stretch[] = ["run on", "interpolated", "base changed"];

/** In nats: whoever loses more is lost. It takes two fifths off the right token's probability. */
export const LOST = 0.5;

/** Losses on the same predictions, [row][window]. */
type Losses = Promise<number[][]>;

/** The loss with all of the text to go by, and with windows of the old length. */
export const inText: (model: Model) => Losses = memoize(
  async (model: Model) => probes.lossInText(model, await longRows(), WINDOW),
  { cache: new WeakMap() },
);
export const inWindows: (model: Model) => Losses = memoize(
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
  const worst = max(excess.slice(1));
  // Towards the other side: whether a model is lost is not to hang on which texts were drawn.
  const errors = worst < LOST ? 3 : -3;
  return { excess, worst, bound: max(excess.map((lost, k) => lost + errors * error[k]).slice(1)) };
}

/**
 * Mean losses of each table past the old window and inside it, above those of the old one.
 *
 * @param taken Which one is taken for the one that was stretched and tuned.
 */
export async function compareTables(
  { base, untuned, ...tables }: models.stretched.LearnedTables,
  taken: "tuned" | "fresh" | "untuned" = "tuned",
) {
  const old = await inWindows(base);
  const above = async (model: Model) => {
    const apart = less(await inText(model), old);
    return { inside: apart.map(([first]) => first), past: apart.map((row) => mean(row.slice(1))) };
  };
  const rough = await above(untuned);
  const added = await above(tables.fresh);
  const stretched = await above({ untuned, ...tables }[taken]);
  return {
    untuned: estimate(rough.past),
    tuned: estimate(stretched.past),
    inside: estimate(stretched.inside),
    fresh: estimate(added.past),
    gap: estimate(added.past.map((loss, r) => loss - stretched.past[r])),
    ...TUNING_COST,
  };
}

/** What each way loses, by window; the most in any of them, and their average. */
export async function compareWays({ base, ...ways }: models.stretched.EachWay) {
  const lost = async (way: Stretch) => {
    const { excess } = await pastTheWindow({ base, longer: ways[way] });
    return { excess, most: max(excess), average: mean(excess) };
  };
  const [runOn, squeezed, slowed] = await Promise.all(WAYS.map(lost));
  const [on, tight, slow] = [runOn.excess, squeezed.excess, slowed.excess];
  const far = on.length - 1;
  return {
    ...{ runOn, squeezed, slowed },
    most: max([runOn.most, squeezed.most, slowed.most]),
    /** How far below the old loss the best of them is, over all windows. */
    best: -min([runOn.average, squeezed.average, slowed.average]),
    /** By how much squeezing is worse than the others in the first two windows, at least. */
    blunt: min([0, 1].map((k) => tight[k] - Math.max(on[k], slow[k]))),
    /** By how much changing the base is better than the others past the old window, at least. */
    ahead: min(slow.map((lost, k) => Math.min(on[k], tight[k]) - lost).slice(1)),
    /** By how much it is better than squeezing at the far end, and that than running on. */
    ranks: [tight[far] - slow[far], on[far] - tight[far]],
  };
}

/** The same with the base changed too little: for half of the longer window. */
export function compareHalfSlowed(ways: models.stretched.EachWay) {
  return compareWays({ ...ways, "base changed": slowedForHalf(ways.base) });
}

/** @internal */
export function slowedForHalf(base: Model): Model {
  return stretched(stretched(base, LONG_WINDOW / 2, "base changed"), LONG_WINDOW, "run on");
}
