/** Whom the claims about attention patterns are asked of. */
import { needs } from "../../mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { without } from "./formula.ts";

/** What is so whatever the weights: asked of random models, and a trained one of each wiring. */
export const ofAnyWeights = {
  kind: "identity" as const,
  on: [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring],
  needs: needs.attention,
};

/** What makes a pattern does not matter once it is held: here not every wiring is asked. */
export const some = [
  ...models.randomFamilies({ size: 1 }),
  ...(["learned/1", "rotary/1", "attn-2l/1"] as const).map(models.trainedModel),
];

/** One of each size, for controls that any model would do for. */
export const two = [models.tiny, models.trainedModel("learned/1")];

/** Where the distance between two tokens counts. */
const withDistance = (["rotary/1", "alibi/1"] as const).map(models.trainedModel);

/** Controls of the notes' form: without one of the things that it leaves unsaid. */
export const withoutOne = {
  "without the scale": { on: two, measure: without("scale") },
  "without the mask": { on: two, measure: without("mask") },
  "without the biases": { on: two, measure: without("biases") },
  "without the distance": { on: withDistance, measure: without("positions") },
};

/** Two attention-only layers, which learned to continue a block that is said again. */
export const copiers = models.bothSeeds("attn-2l");
export const untrained = models.beforeTraining(copiers[0]);

/** The small GPT with each positional scheme, both seeds of one at a time. */
export const pairs = models.schemeRecipes.map((scheme) => models.seedPair(scheme));
export const untrainedPair = models.seedPair("rotary", sabotages.untrained(2));
export const pairOfTables = models.seedPair("learned", sabotages.constantPattern);
