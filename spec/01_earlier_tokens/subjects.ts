/** Whom question 01 asks. */
import * as models from "../../fixtures/mod.ts";

/** The small GPT, and the same recipe without the causal mask. */
export const masked = models.bothSeeds("learned");
export const unmasked = models.bothSeeds("gpt-unmasked");

/** Two models of each seed: the same recipe with the mask and without. */
export const pairs = masked.map((model, i) =>
  models.maskPair(`${model.name} and its twin`, model, unmasked[i])
);

/** Two attention-only layers, trained on blocks that repeat. */
export const copiers = models.bothSeeds("attn-2l");

/** Who is broken on purpose; more of them would show no more. */
export const victims = [models.tiny, masked[0]];
