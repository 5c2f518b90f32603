/** What some claims of question 02 must be told apart from. */
import type { Model } from "../../mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import * as measure from "./measure.ts";
import { learned, nope, SCHEMES, told, unordered, untaught } from "./subjects.ts";

export const ofBlindness = {
  ...told(SCHEMES, { sabotage: sabotages.noCausalMask }),
  "a causal mask": { on: [...models.randomFamilies({ positions: ["none"] }), nope[0]] },
  "both, as it was taught": { on: [learned] },
  "an order that stays as it was": {
    sabotage: unordered,
    on: [models.tiny],
    measure: async (model: Model) => ({ ...await measure.shuffled(model, "none"), panels: [] }),
  },
};

export const ofBags = {
  "two layers": {
    on: [...models.randomFamilies({ positions: ["none"], n_layers: [2] }), ...nope],
  },
  "learned positions": { on: models.randomFamilies({ positions: ["learned"], n_layers: [1] }) },
  "the last token moved as well": { measure: (model: Model) => measure.shuffled(model) },
};

export const ofOrder = {
  "no positions": { on: nope, needs: false },
  "untrained weights": { on: [untaught], needs: false },
} as const;

export const ofStraying = {
  "no causal mask": { sabotage: sabotages.noCausalMask, on: [nope[0]] },
  "shuffled positions": { on: [nope[0]], measure: measure.position("shuffled") },
  "read off by a linear probe": {
    on: [...nope, untaught],
    measure: measure.position("direction"),
  },
};

/** Of a wrong belief: where it is true. */
export const ofLinearity = {
  "no MLP, patterns and LayerNorm's scales held": {
    on: [...models.randomFamilies({ mlp: false, size: 1 }), models.trainedModel("attn-2l/1")],
    measure: (model: Model) => measure.linearity(model, { held: true }),
  },
};
