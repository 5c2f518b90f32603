import { type Model, needs, sabotage } from "../../mod.ts";
import * as transformer from "../../lib/model/mod.ts";

import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { cuts } from "./ranks.ts";
import * as scores from "./scores.ts";
import { full, rotary, small, wideHead } from "./subjects.ts";
import { trainedAlike } from "./trained_alike.ts";

/** One matrix that is nearly the right one, and scores that no one matrix gives. */
export const notOneMatrix = {
  "a transposed W_QK": scores.against([models.tiny], sabotages.transposedQK.apply),
  "a W_QK without the biases": scores.against([small], scores.withoutBiases),
  "rotary positions": { on: [rotary] },
};

/** Half of the change, none of it, and all of it where positions do not allow it. */
export const notAnotherBasis = {
  "R on the queries alone": scores.rebasing([small], sabotages.queriesInAnotherBasis.apply),
  "an R that changes nothing": scores.rebasing([models.tiny], scores.sameBasis),
  "any R, and rotary positions": scores.rebasing([rotary], transformer.inAnotherBasis),
};

/** Something between the two matrices, and a product that is nearly the right one. */
export const notOneMatrixToWrite = {
  "values that go through a ReLU": { sabotage: sabotages.reluValues, on: [models.tiny] },
  "a W_OV without the biases": {
    on: [small],
    measure: (model: Model) => scores.writtenBothWays(model, { biases: false }),
  },
};

/** Heads too wide to save anything, the first one just so. */
export const notCheaper = {
  "a head half as wide as the stream": { on: [wideHead(2)], needs: false },
  "a head as wide as the stream": { on: [wideHead(1)], needs: false },
} as const;

/**
 * Other changes to the small GPT, each under two seeds. The larger start changes no parameter.
 * ALiBi is the closest in loss of those that have fewer: it wins nearly what full matrices do.
 */
export const otherChanges = {
  "a change that wins nothing": { on: [trainedAlike("a larger start", { full: "large-start" })] },
  "a gain at no price": { on: [trainedAlike("ALiBi", { full: "alibi" })] },
  "fewer parameters and no loss": { on: [trainedAlike("ALiBi for no keys", { same: "alibi" })] },
};

/** Names of controls that the answer quotes. */
export const FULL_CUT = "one full matrix, cut as far";
export const OWN_KEYS = "keys of their own";

/** What is left of a pair without its stronger half, and what is not made of a pair. */
export const cutBadly = {
  "the other directions": { on: [small], measure: (model: Model) => cuts(model, "others") },
  [FULL_CUT]: { on: full, needs: false as const },
};

/** The first head's matrix for all distances is right at one of them. */
export const oneForAllDistances = {
  "the same matrix at every distance": { on: [rotary], measure: scores.byOneMatrix },
};

/** Models in which one vector scores another alike at every distance. */
export const alikeAtEveryDistance = {
  "rotation turned off": { sabotage: sabotages.noRotation, on: [rotary] },
  "no positions": { on: [models.trainedModel("nope/1")] },
};

/** Keys shared by two heads each, as in grouped queries. */
export const keysInGroups = sabotage({
  name: "keys shared by two heads each",
  description: "The first two heads compare their queries with the first one's keys, and so on.",
  unfit: needs.pair,
  change: ({ weights }) => ({
    weights: transformer.changeWeights(weights, /\.attn\.[Wb]_K$/, (x) => {
      const size = x.size / x.shape[0]; // of one head's
      return x.map((_, i) => x.data[i - (Math.floor(i / size) % 2) * size]);
    }),
  }),
});

/** A rank for each set of keys: two sets, and one for each head. */
export const notOneSetOfKeys = {
  "keys shared in two groups": { sabotage: keysInGroups, on: [models.tiny] },
  "keys of each head's own": { on: [models.tiny] },
};
