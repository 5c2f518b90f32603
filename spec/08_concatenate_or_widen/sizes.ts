/** What width and depth bring, from the losses of models of several sizes. */
import { max, min } from "../../lib/tensor/mod.ts";
import type * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { widths } from "./subjects.ts";

/** Models of several sizes, the seeds of each together. */
export type Sizes = models.ModelWithCard[][];

/** How losses are taken: as they are, had nothing been learned, or with the sizes turned round. */
const LOSSES = {
  "as they are": models.sizes.lossesOf,
  untrained: models.sizes.lossesUntrained,
  "turned round": async (all: Sizes) => models.sizes.reversed(await models.sizes.lossesOf(all)),
};

/** Losses by width with what a further dimension bought at first and at last. */
export async function returns(all: Sizes, taken: keyof typeof LOSSES = "as they are") {
  return returnsOf(await LOSSES[taken](all));
}

/** Losses of shapes with what their parameters are worth by the curve of the widths. */
export async function shapes(all: Sizes, taken: keyof typeof LOSSES = "as they are") {
  return priced(await LOSSES[taken](all), await models.sizes.lossesOf(await widths.load()));
}

/** Whether every seed of each size is better than every seed of the one before, or the reverse. */
export function orderOf({ sizes }: Pick<probes.LossesBySize, "sizes">) {
  const after = (a: probes.SizeLoss, b: probes.SizeLoss) => min(a.losses) > max(b.losses);
  const pairs = sizes.slice(1).map((size, i) => [sizes[i], size] as const);
  if (pairs.every(([a, b]) => after(a, b))) return "best last";
  return pairs.every(([a, b]) => after(b, a)) ? "best first" : "mixed";
}

/** The same of losses that are there: also what was gained in all. */
export function returnsOf(losses: models.sizes.Losses) {
  const { gains, sizes } = losses.cards;
  const gained = sizes[0].loss - sizes.at(-1)!.loss;
  return { ...losses, gained, early: gains[0].each, late: gains.at(-1)!.each };
}

/**
 * Losses with what each size's parameters are worth that the smallest of them has not, and with what
 * each size loses to the one before it at equal worth.
 *
 * @param curve Losses by width up to and past these sizes: its second step, up to the small GPT, is
 * steeper than the third, so a lead that is left is no matter of parameters.
 */
export function priced(losses: models.sizes.Losses, { cards }: models.sizes.Losses) {
  const [, from, to] = cards.sizes;
  const each = (from.loss - to.loss) / Math.log(to.parameters / from.parameters);
  const { sizes } = losses.cards;
  const counts = sizes.map(({ parameters }) => parameters);
  const worth = counts.map((count) => each * Math.log(count / min(counts)));
  const level = sizes.map(({ loss }, i) => loss + worth[i]);
  const lost = level.slice(1).map((loss, i) => loss - level[i]);
  const unequal = max(counts) / min(counts);
  return { ...losses, worth, lost, unequal, shallow: sizes[0].loss, deep: sizes.at(-1)!.loss };
}
