/** Whom question 02 asks: small models that differ in how they are told positions. */
import { compose, type Model, needs, type Sabotage, sabotage, sabotaged } from "../../mod.ts";
import { allOf, type Config, like } from "../../lib/model/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

export const SCHEMES = ["learned", "sinusoidal", "rotary", "alibi"] as const;

/** The small GPT under each positional scheme and under none. */
export type Schemes = Readonly<Record<typeof SCHEMES[number] | "none", Model>>;

export const nope: models.Subject<Model>[] = models.bothSeeds("nope");
export const untaught: models.Subject<Model> = models.beforeTraining(nope[0]);
export const [learned, sinusoidal, rotary, alibi] = SCHEMES.map((name) =>
  models.trainedModel(`${name}/1`)
);

/** What a mask alone makes of order, and what a model makes that is told it, each asked of whom. */
export const untold = {
  on: [...nope, untaught],
  needs: allOf(needs.mask, like({ positions: ["none"] })),
};
export const taughtOrder = {
  on: SCHEMES.flatMap((name) => models.bothSeeds(name)),
  needs: like({ positions: SCHEMES }),
};
export const taughtNoOrder = { on: nope, needs: untold.needs };

export const unordered = compose(sabotages.noPositions, sabotages.noCausalMask);

/** Random models that are told nothing of positions, of two layers or three. */
export const deep = models.randomFamilies({ positions: ["none"], n_layers: [2, 3], size: 4 });

/** Models that are told nothing of positions, random and trained, without their mask. */
export const stripped = [
  ...sabotaged(
    models.randomFamilies({ positions: ["none"], n_layers: [1, 2, 3], size: 3 }),
    sabotages.noCausalMask,
  ),
  ...sabotaged(
    [models.trainedModel("depth-4/1"), learned, sinusoidal, rotary, alibi],
    unordered,
  ),
  ...sabotaged(nope, sabotages.noCausalMask),
];

export const firstBlockAlone = sabotage({
  name: "its first block alone",
  description: "All blocks but the first are left out.",
  unfit: ({ n_layers }) => n_layers < 2 ? "it has no second block" : undefined,
  change: ({ config, weights }) => ({
    config: { ...config, n_layers: 1 },
    weights: Object.fromEntries(
      Object.entries(weights).filter(([name]) => !/^blocks\.[1-9]/.test(name)),
    ),
  }),
});

/** Of one layer: by the mask alone its last prediction would not depend on order. */
export const toldByScores = [
  ...models.randomFamilies({ positions: ["rotary", "alibi"], n_layers: [1] }),
  ...sabotaged([rotary, alibi], firstBlockAlone),
];

/**
 * The small GPT of one seed under each scheme, as one subject.
 *
 * @param swapped What stands in a scheme's place instead.
 */
export function schemes(
  seed: 1 | 2,
  swapped: Partial<Record<keyof Schemes, models.Subject<Model>>> = {},
): models.Subject<Schemes> {
  const names = Object.entries(swapped).map(([place, { name }]) => `${name} for ${place}, `);
  const own = SCHEMES.map((scheme) => [scheme, models.trainedModel(`${scheme}/${seed}`)] as const);
  const about = "the small GPT of one seed under four positional schemes and none, compared";
  return models.together({ name: `${names.join("")}seed ${seed}`, about, origin: "trained" }, {
    none: nope[seed - 1],
    ...Object.fromEntries(own),
    ...swapped,
  } as Record<keyof Schemes, models.Subject<Model>>);
}

/** Controls: random models under each of some schemes, and what else is done to them. */
export function told(
  schemes: readonly Config["positions"][],
  { sabotage, n_layers }: { sabotage?: Sabotage<Model>; n_layers?: number[] } = {},
) {
  return Object.fromEntries(schemes.map((positions) => {
    const on = models.randomFamilies({ positions: [positions], ...n_layers && { n_layers } });
    return [`${positions === "none" ? "no" : positions} positions`, { sabotage, on }];
  }));
}
