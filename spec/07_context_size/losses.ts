/** What models lose past the window that they were trained with. */
import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { max, mean, standardError } from "../../lib/tensor/mod.ts";
import type { Stretch } from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";

const { WINDOW, LONG_WINDOW, TUNING_COST } = models.stretched;

/** Held-out texts that losses are compared on, and further ones for what differs by hundredths. */
const ROWS = 5;
const MORE_ROWS = 3;

/** Ways to make a rotary model serve a longer window. */
const WAYS: readonly Stretch[] = ["run on", "interpolated", "base changed"];

/** Losses on the same predictions, [row][window]. */
type Losses = Promise<number[][]>;

/** The loss with all of the text to go by, and with windows of the old length. */
export const inText: (model: Model) => Losses = memoize(
  async (model: Model) => probes.lossInText(model, await longRows(), WINDOW),
  { cache: new WeakMap() },
);
const inMoreText: (model: Model) => Losses = memoize(
  async (model: Model) => probes.lossInText(model, await longRows(MORE_ROWS), WINDOW),
  { cache: new WeakMap() },
);
export const inWindows: (model: Model) => Losses = memoize(
  async (model: Model) => probes.lossInWindows(model, await longRows(), WINDOW),
  { cache: new WeakMap() },
);

/** Held-out texts of some windows, or as many `more` than those. */
export async function longRows(more = 0): Promise<number[][]> {
  const rows = await models.texts.heldOutRows({
    rows: ROWS + more,
    length: LONG_WINDOW + 1,
    seed: "long",
  });
  return more > 0 ? rows.slice(ROWS) : rows;
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
    times: LONG_WINDOW / WINDOW,
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

/** What each way loses, by window; and the farthest that it is from the old loss in any of them. */
export async function compareWays({ base, ...ways }: models.stretched.EachWay) {
  const lost = async (way: Stretch) => {
    const { excess } = await pastTheWindow({ base, longer: ways[way] });
    return { excess, farthest: max(excess.map(Math.abs)) };
  };
  const [runOn, squeezed, slowed] = await Promise.all(WAYS.map(lost));
  return { runOn, squeezed, slowed };
}

/** How far two ways are above a changed base on the same predictions, of more texts. */
export async function aboveChangedBase(
  ways: models.stretched.EachWay,
  { otherTexts = false } = {},
) {
  const losses = async (way: Stretch) => [
    ...await inText(ways[way]),
    ...await inMoreText(ways[way]),
  ];
  const [first, ...rest] = await losses("base changed");
  const slowed = otherTexts ? [...rest, first] : [first, ...rest];
  const above = async (way: Stretch) => estimate(less(await losses(way), slowed).map(mean));
  return { runOn: await above("run on"), squeezed: await above("interpolated") };
}
