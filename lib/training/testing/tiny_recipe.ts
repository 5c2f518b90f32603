/** For tests: recipes that are trained in a blink. */
import { initialWeights, makeConfig } from "../../model/mod.ts";
import type { Batches } from "../data/batches.ts";
import type { Losses } from "../evaluate.ts";
import { languageModel } from "../language_model.ts";
import type { Learner } from "../learner.ts";
import { type Recipe, seeds } from "../recipe.ts";

const D_VOCAB = 5;

/** Rows that count round and round from a place that the step decides: 3 4 0 1 2 3 4. */
export const counting: Batches = (step) =>
  [0, 1].map((row) => Array.from({ length: 7 }, (_, i) => (step + 2 * row + i) % D_VOCAB));

/** One layer that learns to count; with other texts, whatever they teach. */
export function tinyRecipe(change: Partial<Recipe> = {}): Recipe {
  return {
    name: "tiny",
    purpose: "to be trained in tests",
    config: makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: D_VOCAB, n_ctx: 6 }),
    seed: 1,
    steps: 60,
    batch: 2,
    optimizer: { rate: 0.02, warmup: 5, betas: [0.9, 0.98], weightDecay: 0.01, clip: 1 },
    data: () => Promise.resolve({ batches: counting, sources: [], score: scoreCounting }),
    ...change,
  };
}

/** The same twice, from weights that were there before, and taught by its last prediction alone. */
export function tinySeeds(change: Partial<Recipe> = {}): Recipe[] {
  const recipe = tinyRecipe(change);
  const weights = () => Promise.resolve(initialWeights(recipe.config, "before"));
  return seeds([1, 2], () => ({
    ...recipe,
    start: { name: "before", weights },
    taught: "last position",
  }));
}

/** A language model that learns from these batches, and is not scored. */
export function unscored(recipe: Recipe, batches: Batches = counting): Learner {
  return languageModel(recipe, { batches, sources: [], score: () => Promise.resolve([]) });
}

async function scoreCounting(losses: Losses) {
  const [row] = await losses([[0, 1, 2, 3, 4, 0, 1]]);
  const value = row.reduce((sum, nats) => sum + nats, 0) / row.length;
  return [{ label: "loss on counting", value, unit: "nats per token" }];
}
