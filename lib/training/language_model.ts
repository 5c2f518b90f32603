import { gpt2, initialWeights, makeModel, saveModel, type Weights } from "../model/mod.ts";
import type { Feed } from "../runtime/mod.ts";
import { Tensor } from "../tensor/mod.ts";
import { lossesOfRows } from "../circuits/losses/loss.ts";
import { randomAt } from "./data/batches.ts";
import type { Learner } from "./learner.ts";
import type { Recipe, TrainingData } from "./recipe.ts";
import { trainingGraph } from "./gradients/training_graph.ts";

/** A transformer that learns to predict the next token. */
export function languageModel(recipe: Recipe, { batches, sources, score }: TrainingData): Learner {
  const { name, config, seed, start, batch } = recipe;
  const model = (weights: Weights) => makeModel(name, config, weights);
  return {
    start: async () => await start?.weights() ?? initialWeights(config, seed),
    graph: () => trainingGraph(config, [batch, config.n_ctx]),
    feeds: (step) => batchFeeds(recipe, batches(step), step),
    save: (weights) => saveModel(model(weights), gpt2),
    score(weights) {
      const trained = model(weights);
      return score((rows) => lossesOfRows(trained, rows));
    },
    sources,
  };
}

/** Rows of n_ctx + 1 tokens as inputs, and the same rows one token later as targets. */
function batchFeeds(
  { batch, config: { n_ctx }, taught, seed }: Recipe,
  rows: number[][],
  step: number,
): Record<string, Feed> {
  const shape = [batch, n_ctx];
  const random = randomAt(`targets/${seed}`, step);
  const targets = rows.map((row) => row.slice(1))
    .map((row) => taught === "shuffled targets" ? random.shuffle(row) : row);
  return {
    tokens: { integers: rows.flatMap((row) => row.slice(0, -1)), shape },
    targets: { integers: targets.flat(), shape },
    loss_weights: taught === "last position"
      ? lastOnly(batch, n_ctx)
      : Tensor.full(shape, 1 / (batch * n_ctx)),
  };
}

/** The mean over the last positions alone: [batch, n_ctx]. */
function lastOnly(batch: number, n_ctx: number): Tensor {
  const weights = Tensor.full([batch, n_ctx]);
  for (let row = 1; row <= batch; row++) weights.data[row * n_ctx - 1] = 1 / batch;
  return weights;
}
