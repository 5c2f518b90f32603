/** What each claim about where heads look must be told apart from. */
import type { Model } from "../../mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import * as averages from "./averages.ts";
import * as heads from "./heads.ts";
import { broadAbove, indifferent, onProseAlone, rotary } from "./subjects.ts";

export const ofBudgets = {
  "hard maximum attention": { sabotage: sabotages.hardAttention, on: [models.tiny] },
  "attention without softmax": { sabotage: sabotages.withoutSoftmax, on: [models.tiny] },
  "a budget larger by a thousandth": {
    sabotage: sabotages.largerBudget,
    on: [models.tiny, models.trainedModel("learned/1")],
  },
  "heads that see only themselves": { sabotage: sabotages.selfOnlyHeads, on: [models.tiny] },
};

export const ofFading = {
  "heads that sum instead of averaging": {
    sabotage: sabotages.summingHeads,
    on: indifferent.slice(0, 2),
  },
  "one token over and over": {
    on: indifferent.slice(0, 1),
    measure: (model: Model) => averages.fading(model, (row) => row.map(() => row[0])),
  },
  "the same heads with their queries": { on: models.bothSeeds("nope") },
};

export const ofProse = {
  "the same tokens, drawn again": {
    measure: (model: Model) => averages.fadingInProse(model, averages.redrawn),
  },
};

export const ofWriting = {
  "the heads of a layer together": {
    on: [models.tiny, rotary],
    measure: (model: Model) => heads.written(model, "layers"),
  },
};

export const ofScores = {
  "a W_QK of full rank": { sabotage: sabotages.fullRankQK, on: [models.tiny, rotary] },
};

export const ofSharpness = {
  "untrained weights": { on: [models.seedPair("rotary", sabotages.untrained(2))] },
  "heads that ask nothing": { on: [models.seedPair("alibi", sabotages.zeroQueries)] },
  "shuffled queries and keys": { on: [models.seedPair("rotary", sabotages.shuffledQK)] },
};

/** Where each layer's heads are of another kind. */
export const ofLayers = {
  "rotary positions, ALiBi, or none": {
    on: (["rotary", "alibi", "nope"] as const).flatMap(models.bothSeeds),
  },
  "untrained weights": { sabotage: heads.fresh },
};

export const ofNearness = {
  "untrained weights": {
    sabotage: heads.fresh,
    on: models.schemeRecipes.map((name) => models.bothSeeds(name)[0]),
  },
  "trained with ALiBi, whose bias looks near": { on: models.bothSeeds("alibi") },
  "trained without positions": { on: models.bothSeeds("nope") },
  "the flattest heads": {
    on: models.bothSeeds("rotary"),
    measure: (model: Model) => heads.lookAt(model, "flattest"),
  },
};

export const ofFlatHeads = {
  "sharp heads": { measure: (all: Model[]) => heads.chosenHeads(all, [0, 0.5]) },
  // All of them are missed less than any of the first layer's.
  "the broad heads of a second layer": {
    on: [broadAbove],
    measure: (some: Model[]) => heads.chosenHeads(some, [0.7, 1]),
  },
  "made flat where they should be taken out": {
    measure: (all: Model[]) => heads.chosenHeads(all, [heads.FLAT, 1], "flattened"),
  },
};

export const ofSinks = {
  "untrained weights": { on: [models.beforeTraining(models.trainedModel("attn-2l/1"))] },
  "trained on prose alone": { on: onProseAlone },
};
