import "../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { loadModel, toyAutoencoder, type Weights } from "../model/mod.ts";
import { GraphSession } from "../runtime/mod.ts";
import { Random, Tensor } from "../tensor/mod.ts";
import {
  drawFeatures,
  importances,
  makeAutoencoder,
  reconstruct,
} from "../model/autoencoder/autoencoder.ts";
import { autoencoder, type AutoencoderRecipe, autoencoderTrainingGraph } from "./autoencoder.ts";
import { finish } from "./finish.ts";
import { train } from "./loop.ts";
import { tokensIn } from "./recipe.ts";
import { gradientOf } from "./gradients/training_graph.ts";

const RECIPE: AutoencoderRecipe = {
  name: "toy",
  purpose: "to be trained in tests",
  config: { n_features: 3, d_hidden: 2, sparsity: 0.5, decay: 0.9 },
  seed: 1,
  steps: 60,
  batch: 32,
  optimizer: { rate: 0.05, warmup: 5, betas: [0.9, 0.99], weightDecay: 0, clip: 1 },
};
const { config } = RECIPE;
const x = drawFeatures(config, 5, new Random("autoencoder"));
/** Of a size at which the ReLU is open for some features and shut for others. */
const WEIGHTS: Weights = {
  W: new Random("W").normalTensor([2, 3], 0.7),
  b: new Random("b").normalTensor([3], 0.3),
};

/** The loss in plain loops. */
function loss(weights: Weights): number {
  const model = makeAutoencoder("plain", config, weights);
  const weight = importances(config);
  let sum = 0;
  for (let row = 0; row < 5; row++) {
    const example = [...x.get(row).data];
    reconstruct(model, example).forEach((y, i) => sum += weight[i] * (example[i] - y) ** 2 / 5);
  }
  return sum;
}

Deno.test("the training graph has the loss of plain loops, and its slopes", async () => {
  const names = ["loss", gradientOf("W"), gradientOf("b")];
  const session = await GraphSession.open(autoencoderTrainingGraph(config, 5), names);
  const found = await session.run({ x, ...WEIGHTS }).finally(() => session.release());
  assertAlmostEquals(found.loss.at(), loss(WEIGHTS), 1e-6, "the loss");
  for (const name of ["W", "b"]) {
    WEIGHTS[name].data.forEach((value, i) => {
      const at = (step: number) => {
        const data = WEIGHTS[name].data.slice();
        data[i] = value + step;
        return loss({ ...WEIGHTS, [name]: new Tensor(data, WEIGHTS[name].shape) });
      };
      // Weights are rounded by 6e-8, which over 2e-3 leaves 1e-4 of the slope, itself about 1.
      const slope = (at(1e-3) - at(-1e-3)) / 2e-3;
      assertAlmostEquals(found[gradientOf(name)].data[i], slope, 1e-3, `${name}, number ${i}`);
    });
  }
});

Deno.test("it is trained by the loop that trains transformers, scored, and kept", async () => {
  const learner = autoencoder(RECIPE);
  const state = await train(RECIPE, learner);
  const { card, files } = await finish(RECIPE, learner, state);
  const model = await loadModel((file) => files[file], toyAutoencoder);
  assertEquals(model.weights, state.optimizer.weights);
  assertEquals([card.loss_unit, card.tokens], [
    "weighted squared error per example",
    tokensIn(RECIPE),
  ]);
  assertEquals(tokensIn(RECIPE), 60 * 32, "a row that is no text counts as one");
  const [reached, , mean] = card.figures;
  assertLess(reached.value, mean.value, "better than the mean of every feature");
  // A feature that is 0 or uniform, even chances: 1/6 - 1/16 each.
  assertAlmostEquals(mean.value, (1 + 0.9 + 0.81) * (1 / 6 - 1 / 16), 1e-12, mean.label);
});
