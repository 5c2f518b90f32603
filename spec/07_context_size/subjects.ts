/** Whom the claims about the context size are asked of. */
import { allOf, gpt2Small, needs } from "../../lib/model/mod.ts";
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

/** Models that serve a longer window: those that need no adjusting, and those adjusted. */
export const adjusted = SEEDS.flatMap((seed) => [
  unchanged("alibi", seed),
  ...(["learned", "rotary"] as const).map((name) => tuned(name, seed)),
]);

/** Some of them, one of each kind. */
export const few = adjusted.slice(0, 3);

/** Those that would need it, left as they are. */
export const leftAlone = SEEDS.flatMap((seed) =>
  (["learned", "sinusoidal", "rotary"] as const).map((name) => untuned(name, seed, "run on"))
);

export const tables = SEEDS.map(learnedTables);

/** Rotary models that were taken farther in three ways; and one whose positions are added waves. */
export const untunedWays = SEEDS.map((seed) => eachWay(seed));
export const tunedWays = SEEDS.map((seed) => eachWay(seed, { tuned: true }));
export const sinusoidalWays = [eachWay(SEEDS[0], { name: "sinusoidal" })];

/** Models that continue repeated sequences; a part of their window counts as one. */
export const copiers = SEEDS.map((seed) => {
  const copier = models.trainedModel(`attn-2l/${seed}`);
  return models.together({
    name: `${copier.name} on repeats`,
    about: `${copier.name} on texts that say a long block of tokens again`,
    origin: "trained",
  }, { base: copier, longer: copier });
});

/** Whose heads keep keys and values of their own. */
export const caching = { on: [...anyWeights, small], needs: allOf(needs.pair, needs.ownKeys) };

/** A model whose heads all compare with the same vector, which is kept once for them. */
export const keptOnce = { on: [models.trainedModel("full-qk/1")], needs: false } as const;
