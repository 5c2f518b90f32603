/** Whom question 06 asks, besides random models and one of each wiring. */
import { needs, sabotaged } from "../../mod.ts";
import { allOf, atLeast } from "../../lib/model/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

export const learned = models.trainedModel("learned/1");
export const rotary = models.trainedModel("rotary/1");

/** Places that a head with a sliding window sees, its own among them. */
export const NEAR = 3;

/** Layers deep enough to see reach pile up. */
export const deep = models.randomFamilies({ n_layers: [4], size: 1 });

/** Trained, with layers enough to see that too. */
export const tall = models.trainedModel("depth-4/1");
export const slid = {
  on: sabotaged([...deep, rotary, tall], sabotages.slidingWindow(NEAR)),
  // Two layers, and more places than both of them together see.
  needs: allOf(needs.mask, atLeast({ n_layers: 2, n_ctx: 2 * NEAR })),
};
