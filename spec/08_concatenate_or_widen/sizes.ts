/** What width and depth bring, from the losses of models of several sizes. */
import { max, min } from "../../lib/tensor/mod.ts";
import type * as probes from "../../lib/circuits/mod.ts";
import type * as models from "../../fixtures/mod.ts";

/** Whether every seed of each size is better than every seed of the one before, or the reverse. */
export function orderOf({ sizes }: Pick<probes.LossesBySize, "sizes">) {
  const after = (a: probes.SizeLoss, b: probes.SizeLoss) => min(a.losses) > max(b.losses);
  const pairs = sizes.slice(1).map((size, i) => [sizes[i], size] as const);
  if (pairs.every(([a, b]) => after(a, b))) return "best last";
  return pairs.every(([a, b]) => after(b, a)) ? "best first" : "mixed";
}

/** Losses with what a further dimension bought at first and at last. */
export function returnsOf(losses: models.sizes.Losses) {
  const { gains } = losses.cards;
  return { ...losses, early: gains[0].each, late: gains[gains.length - 1].each };
}

/**
 * Losses with what each size's parameters are worth that the smallest of them has not.
 *
 * @param curve Losses by width up to and past these sizes: its second step, up to the small GPT, is
 * steeper than the third, so a lead that is left is no matter of parameters.
 */
export function priced(losses: models.sizes.Losses, { cards }: models.sizes.Losses) {
  const [, from, to] = cards.sizes;
  const each = (from.loss - to.loss) / Math.log(to.parameters / from.parameters);
  const { sizes } = losses.cards;
  const least = min(sizes.map(({ parameters }) => parameters));
  const worth = sizes.map(({ parameters }) => each * Math.log(parameters / least));
  return { ...losses, worth, shallow: sizes[0].loss, deep: sizes[sizes.length - 1].loss };
}
