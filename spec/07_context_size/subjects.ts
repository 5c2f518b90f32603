/** Whom the claims about the context size are asked of. */
import { gpt2Small } from "../../lib/model/mod.ts";
import * as models from "../../fixtures/mod.ts";

const { eachWay, learnedTables, SEEDS, tuned, unchanged, untuned } = models.stretched;

/** Random models of every kind, and a trained one of each wiring. */
export const anyWeights = [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring];

/** Who is broken on purpose. */
export const victims = [models.tiny, models.trainedModel("learned/1")];

/** Random models whose old positions are others once they are squeezed. */
export const squeezable = models.randomFamilies({
  positions: ["learned", "sinusoidal", "rotary"],
  size: 1,
});

/** GPT-2 small without its weights. */
export const small = models.withoutWeights("GPT-2 small", gpt2Small);

/** Models that are to serve a longer window: those that need no adjusting, and those adjusted. */
export const adjusted = SEEDS.flatMap((seed) => [
  ...(["alibi", "nope"] as const).map((name) => unchanged(name, seed)),
  ...(["learned", "rotary"] as const).map((name) => tuned(name, seed)),
]);

/** Those that would need it, left as they are. */
export const leftAlone = [
  untuned("learned", 1, "run on"),
  untuned("sinusoidal", 1, "run on"),
  ...SEEDS.map((seed) => untuned("rotary", seed, "run on")),
];

export const tables = SEEDS.map(learnedTables);

/** Rotary models that were taken farther in three ways; and one whose positions are added waves. */
export const untunedWays = SEEDS.map((seed) => eachWay(seed));
export const tunedWays = SEEDS.map((seed) => eachWay(seed, { tuned: true }));
export const sinusoidalWays = [eachWay(1, { name: "sinusoidal" })];

/** Models whose loss past the old window is low, one that looks back so far, and one made to. */
export const harmless = [
  ...models.bothSeeds("alibi"),
  ...models.bothSeeds("learned-x4"),
  ...models.bothSeeds("rotary-x4"),
];
export const withoutPositions = [models.trainedModel("nope/1")];
export const squeezed = [models.trainedModel("rotary-x4/1")];

/** A model whose heads all compare with the same vector, which is kept once for them. */
export const sharedKeys = [models.trainedModel("full-qk/1")];
