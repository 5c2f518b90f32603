import { assertGreater, assertLess } from "@std/assert";
import memoize from "memoize";
import * as pictures from "../../lib/claims/pictures/mod.ts";
import { parameterCount } from "../../lib/model/mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { cardOf, figureOn } from "../../fixtures/subjects/cards.ts";

/** Recipes of the small GPT, each trained under two seeds. */
type Recipe =
  | ("learned" | "full-qk" | "same-qk" | "width-32" | "width-128")
  | ("alibi" | "large-start");

/** What is compared: where scores come from; and other widths, for what parameters are worth. */
type Compared<T> = Readonly<Record<"pair" | "full" | "same" | "narrow" | "wide", T>>;

/** What a recipe came to under both seeds, by its cards. */
export type Outcome = {
  /** On all held-out text when it was trained, in nats per token. */
  readonly losses: readonly number[];
  readonly parameters: number;
  /** The loss in training, the mean of both, and the steps that it is of. */
  readonly curve: readonly number[];
  readonly steps: readonly number[];
};

/** What becomes of the same training where scores do not come from pairs, as evidence. */
export type TrainedAlike = Compared<Outcome> & {
  /** The most that two seeds of one recipe are apart. */
  readonly seedsApart: number;
  /**
   * By how much full matrices are better than pairs, and what share more of parameters they have;
   * by how much as many make a wider stream better.
   */
  readonly won: number;
  readonly more: number;
  readonly bought: number;
  /** By how much queries that are keys are worse; and as few parameters, in a narrower stream. */
  readonly lost: number;
  readonly spared: number;
};

/** The recipes of this question, side by side; any of them may be another. */
export function trainedAlike(
  name: string,
  changes: Partial<Compared<Recipe>> = {},
): models.Subject<Compared<Outcome>> {
  const recipes: Compared<Recipe> = {
    ...{ pair: "learned", full: "full-qk", same: "same-qk" },
    ...{ narrow: "width-32", wide: "width-128" },
    ...changes,
  };
  const about = `two seeds each of ${Object.values(recipes).join(", ")}, by their cards`;
  const load = async () => ({
    pair: await outcomeOf(recipes.pair),
    full: await outcomeOf(recipes.full),
    same: await outcomeOf(recipes.same),
    narrow: await outcomeOf(recipes.narrow),
    wide: await outcomeOf(recipes.wide),
  });
  return { name, about, origin: "trained", load };
}

/**
 * Compares them. What parameters are worth is taken from the width of the stream: between the small
 * GPT and the one half or twice as wide, the loss falls by so much each time their number doubles.
 */
export function compare(outcomes: Compared<Outcome>): TrainedAlike {
  const { pair, full, same, narrow, wide } = outcomes;
  const better = (than: Outcome) => mean(pair.losses) - mean(than.losses);
  const growth = ({ parameters }: Outcome) => Math.log(parameters / pair.parameters);
  const worth = (of: Outcome) => {
    const other = of.parameters < pair.parameters ? narrow : wide;
    return better(other) / growth(other) * growth(of);
  };
  const spreads = [pair, full, same].map(({ losses: [a, b] }) => Math.abs(a - b));
  return {
    ...outcomes,
    seedsApart: Math.max(...spreads),
    won: better(full),
    more: full.parameters / pair.parameters - 1,
    bought: worth(full),
    lost: -better(same),
    spared: -worth(same),
  };
}

/** The check. What two seeds of one recipe are apart may be chance: nothing less counts. */
export function worthItsParameters({ won, bought, lost, spared, seedsApart }: TrainedAlike) {
  assertGreater(won, seedsApart, "nats that full matrices are better by");
  assertLess(won, bought + seedsApart, "nats that full matrices are better by");
  assertGreater(lost - Math.max(0, spared), seedsApart, "nats that no keys cost beyond theirs");
}

const outcomeOf = memoize(async (recipe: Recipe): Promise<Outcome> => {
  const seeds = [`${recipe}/1`, `${recipe}/2`] as const;
  const cards = await Promise.all(seeds.map(cardOf));
  const held = { label: "held-out loss, model", unit: "nats per token" };
  // The means of stretches are noisy: five of them make a point.
  const stretches = cards.map(({ loss_curve }) => loss_curve);
  const lasts = stretches[0].flatMap(([step], i) => i % 5 === 4 ? [{ step, i }] : []);
  const around = (i: number) => stretches.flatMap((each) => each.slice(i - 4, i + 1));
  return {
    losses: cards.map((card) => figureOn(card, held)),
    parameters: parameterCount(models.trainedModel(seeds[0]).config!).total,
    steps: lasts.map(({ step }) => step),
    curve: lasts.map(({ i }) => mean(around(i).map(([, loss]) => loss))),
  };
});

/** How far its training loss lies from that of pairs, step by step. */
const fromPairs = (kind: "full" | "same") => ({ evidence }: { evidence: TrainedAlike }) =>
  evidence[kind].curve.map((loss, i) => loss - evidence.pair.curve[i]);

export const lossCurves = pictures.lines<TrainedAlike>({
  title: "Full matrices learn a little better than pairs, queries as keys much worse",
  caption: "How far the loss in training lies above that of pairs, or below it, mean of two " +
    "seeds: trainings that differ by chance alone. " +
    "Queries as keys are heads without keys of their own, of which more is said further on.",
  x: { label: "step", of: "pair.steps" },
  y: {
    label: "loss, less that of pairs",
    unit: "nats",
    of: { "full W_QK": fromPairs("full"), "queries as keys": fromPairs("same") },
  },
  reference: [{ y: 0, label: "pairs" }],
});
