/** What width and depth bring, from the losses of models of several sizes. */
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { max, min } from "../../lib/tensor/mod.ts";
import { compareSizes, type LossesBySize, type SizeLoss } from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { UNTRAINED, widths } from "./subjects.ts";

/** Models of several sizes, the seeds of each together. */
export type Sizes = models.ModelWithCard[][];

/** How losses are taken: as they are, had nothing been learned, or on words in random order. */
const LOSSES = {
  "as they are": models.sizes.lossesOf,
  untrained: models.sizes.lossesUntrained,
  shuffled: models.sizes.lossesShuffled,
};

/** How many tokens each width read in training: all read as many. */
const READ = models.predictionsTaught("learned/1");

/** Losses by width with what a further dimension bought at first and at last. */
export async function returns(all: Sizes, taken: keyof typeof LOSSES = "as they are") {
  return returnsOf(await LOSSES[taken](all), READ);
}

/** Losses of shapes with what their parameters are worth by the curve of the widths. */
export async function shapes(all: Sizes, taken: keyof typeof LOSSES = "as they are") {
  return priced(await LOSSES[taken](all), await models.sizes.lossesOf(await widths.load()));
}

/**
 * The same of two layers, narrower and narrower: the widths that were read, the other way round.
 */
async function narrowed(widths: Sizes) {
  const curve = await models.sizes.lossesOf(widths);
  const narrower = ({ sizes }: LossesBySize) => compareSizes(sizes.slice(1).toReversed());
  return priced({ here: narrower(curve.here), cards: narrower(curve.cards) }, curve);
}

/** The control of shapes that are no deeper. */
export const noDeeper = { on: [widths], measure: narrowed };

/** Controls on which a measurement finds nothing that was learned, or that could be. */
export function nothingToLearn<E>(
  measure: (all: Sizes, taken: keyof typeof LOSSES) => Promise<E>,
) {
  return {
    [UNTRAINED]: { measure: (all: Sizes) => measure(all, "untrained") },
    "the same words in random order": { measure: (all: Sizes) => measure(all, "shuffled") },
  };
}

/** Whether every seed of each size is better than every seed of the one before, or the reverse. */
export function orderOf({ sizes }: Pick<LossesBySize, "sizes">) {
  const after = (a: SizeLoss, b: SizeLoss) => min(a.losses) > max(b.losses);
  const pairs = sizes.slice(1).map((size, i) => [sizes[i], size] as const);
  if (pairs.every(([a, b]) => after(a, b))) return "best last";
  return pairs.every(([a, b]) => after(b, a)) ? "best first" : "mixed";
}

/** The same of losses that are there: also what was gained, and what each parameter had to read. */
export function returnsOf(losses: models.sizes.Losses, read: number) {
  const { gains, sizes } = losses.cards;
  const [first, last] = [sizes[0], sizes.at(-1)!];
  return {
    ...losses,
    gained: first.loss - last.loss,
    lastStep: sizes.at(-2)!.loss - last.loss,
    early: gains[0].each,
    late: gains.at(-1)!.each,
    read: { narrowest: read / first.parameters, widest: read / last.parameters },
  };
}

/**
 * Losses with what each size's parameters are worth that the smallest of them has not, and with
 * what
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
  return { ...losses, worth, lost, unequal, apart: sizes.at(-1)!.loss - sizes[0].loss };
}

/**
 * The check of widths. Margins come from the losses that were recorded on all held-out text when
 * the models were trained. On the few lines read here, each seed has to keep the order.
 */
export function eachBuysLess(
  { here, gained, cards: { seeds, gains } }: ReturnType<typeof returnsOf>,
) {
  // Seeds differ by chance alone, and less than a tenth of a nat is not worth a sentence.
  assertGreater(gained, Math.max(0.1, 3 * seeds), "nats gained over the whole range");
  assertGreater(gains[0].each, gains[2].each + 3 * gains[2].error, "nats for a dimension");
  assertEquals(orderOf(here), "best last", "each seed on the text read here");
}

/**
 * The check of shapes. Sizes differ by a few percent: what those are worth, by the steepest part of
 * the widths' curve that is near, is taken off the lead. A lead of 0.05 nats is five percent in
 * probability.
 */
export function deeperLoses({ here, unequal, lost, cards: { seeds } }: ReturnType<typeof priced>) {
  assertLess(unequal, 1.06, "the most parameters, over the fewest");
  assertGreater(Math.min(...lost), Math.max(0.05, 3 * seeds), "nats lost by twice the layers");
  assertEquals(orderOf(here), "best first", "each seed on the text read here");
}
