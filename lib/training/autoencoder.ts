import type { Graph } from "../onnx/mod.ts";
import {
  type AutoencoderConfig,
  type CardFigure,
  saveModel,
  toyAutoencoder,
  type Weights,
} from "../model/mod.ts";
import { runAutoencoder } from "../runtime/mod.ts";
import { Random, Tensor } from "../tensor/mod.ts";
import {
  autoencoderGraph,
  drawFeatures,
  importances,
  initialAutoencoderWeights,
  makeAutoencoder,
} from "../model/autoencoder/autoencoder.ts";
import { randomAt } from "./data/batches.ts";
import type { Learner } from "./learner.ts";
import type { Plan } from "./recipe.ts";
import { withGradients } from "./gradients/training_graph.ts";

/** The recipe of a toy autoencoder; it draws its own examples. */
export interface AutoencoderRecipe extends Plan {
  readonly config: AutoencoderConfig & { readonly n_ctx?: undefined };
}

/** Examples that a finished autoencoder is scored on. */
const SCORED = 10_000;

const UNIT = "weighted squared error per example";

/** An autoencoder that learns to rebuild sparse features. */
export function autoencoder({ name, config, seed, batch }: AutoencoderRecipe): Learner {
  return {
    start: () => Promise.resolve(initialAutoencoderWeights(config, seed)),
    graph: () => autoencoderTrainingGraph(config, batch),
    feeds: (step) => ({ x: drawFeatures(config, batch, randomAt(`features/${seed}`, step)) }),
    save: (weights) => saveModel(makeAutoencoder(name, config, weights), toyAutoencoder),
    score: (weights) => scoreAutoencoder(config, weights),
    sources: [],
    lossUnit: UNIT,
  };
}

/** From `x`, `W` and `b` to `loss`, squared errors weighted by importance, and its gradients. */
export function autoencoderTrainingGraph(config: AutoencoderConfig, batch: number): Graph {
  const g = autoencoderGraph(config, batch);
  const error = g.sub(g.get("x"), g.get("output")); // [batch, n_features]
  const weighted = g.mul(g.mul(error, error), g.constant(Tensor.from(importances(config))));
  const loss = g.mul(g.sum(weighted, [0, 1]), 1 / batch);
  return withGradients(g, loss, ["W", "b"]);
}

/** The loss on examples never seen, beside what needs no training. */
async function scoreAutoencoder(
  config: AutoencoderConfig,
  weights: Weights,
): Promise<CardFigure[]> {
  const x = drawFeatures(config, SCORED, new Random("scored features"));
  const { output } = await runAutoencoder(makeAutoencoder("scored", config, weights), x);
  const weight = importances(config);
  const { n_features } = config;
  const loss = x.data.reduce(
    (sum, value, i) => sum + weight[i % n_features] * (value - output.data[i]) ** 2,
    0,
  ) / SCORED;
  const variance = featureVariance(config);
  const without = (kept: number) => weight.slice(kept).reduce((sum, w) => sum + w * variance, 0);
  const figure = (what: string, value: number) => ({ label: `loss, ${what}`, value, unit: UNIT });
  return [
    figure("model", loss),
    figure("one feature for each dimension and the mean of the rest", without(config.d_hidden)),
    figure("the mean of every feature", without(0)),
  ];
}

/** Of a feature that is uniform on [0, 1) with probability p, else zero: p / 3 - (p / 2)^2. */
function featureVariance({ sparsity }: AutoencoderConfig): number {
  const p = 1 - sparsity;
  return p / 3 - (p / 2) ** 2;
}
