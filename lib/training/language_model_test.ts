import "../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import {
  type ConfigInput,
  initialWeights,
  makeConfig,
  makeModel,
  randomWeights,
} from "../model/mod.ts";
import { releaseSessions } from "../runtime/mod.ts";
import { Tensor } from "../tensor/mod.ts";
import { lossesOfRows } from "../circuits/losses/loss.ts";
import type { Batches } from "./data/batches.ts";
import { train } from "./loop.ts";
import type { Recipe } from "./recipe.ts";
import { counting, tinyRecipe, unscored } from "./testing/tiny_recipe.ts";

/** Without layers and positions: what a token leads to depends on nothing before it. */
function bare(taught: Recipe["taught"], change: Partial<ConfigInput> = {}): Recipe {
  const config = { ...tinyRecipe().config, n_layers: 0, positions: "none", ...change } as const;
  return tinyRecipe({ taught, steps: 5, config: makeConfig(config) });
}

/** What a step is fed, as plain rows. */
function fed(recipe: Recipe, step: number): Record<string, number[][]> {
  const feeds = unscored(recipe).feeds(step);
  const rows = Object.entries(feeds).map(([name, feed]) => {
    const flat = feed instanceof Tensor
      ? [...feed.data]
      : "integers" in feed
      ? [...feed.integers]
      : [];
    const [batch, n_ctx] = feed.shape;
    return [name, Array.from({ length: batch }, (_, r) => flat.slice(r * n_ctx, (r + 1) * n_ctx))];
  });
  return Object.fromEntries(rows);
}

Deno.test("every position is taught the token that comes next, and counts alike, unless told", () => {
  const { tokens, targets, loss_weights } = fed(tinyRecipe(), 3);
  assertEquals(tokens, counting(3).map((row) => row.slice(0, -1)));
  assertEquals(targets, counting(3).map((row) => row.slice(1)));
  assertEquals(new Set(loss_weights.flat()), new Set([Math.fround(1 / 12)]));
});

Deno.test("where the last position is taught, no other counts", () => {
  const { tokens, targets, loss_weights } = fed(tinyRecipe({ taught: "last position" }), 3);
  assertEquals(tokens, counting(3).map((row) => row.slice(0, -1)));
  assertEquals(targets, counting(3).map((row) => row.slice(1)));
  assertEquals(loss_weights, [[0, 0, 0, 0, 0, 1 / 2], [0, 0, 0, 0, 0, 1 / 2]]);
});

Deno.test("the loss that is learned from is that of the last prediction", async () => {
  const recipe = tinyRecipe({ taught: "last position", steps: 1 });
  const model = makeModel("at first", recipe.config, initialWeights(recipe.config, recipe.seed));
  const rows = await lossesOfRows(model, counting(0)).finally(releaseSessions);
  const { losses } = await train(recipe, unscored(recipe));
  // Two losses of 1.6 nats, rounded by 1e-7 in two graphs.
  assertAlmostEquals(losses[0], (rows[0][5] + rows[1][5]) / 2, 1e-6);
});

Deno.test("the gradient is that of the last prediction: the rows before it might not be there", async () => {
  const last: Batches = (step) => counting(step).map((row) => row.slice(-2));
  const long = bare("last position");
  const short = bare(undefined, { n_ctx: 1 });
  const found = (await train(long, unscored(long))).optimizer.weights;
  const required = (await train(short, unscored(short, last))).optimizer.weights;
  const every = (await train(bare(undefined), unscored(bare(undefined)))).optimizer;
  for (const [name, { data }] of Object.entries(required)) {
    // Adam divides by the gradients' own size: a rounding of 1e-7 of one moves a step of 0.02 by 2e-9.
    found[name].data.forEach((value, i) => assertAlmostEquals(value, data[i], 1e-6, name));
  }
  assertNotEquals(every.weights, found, "all positions teach something else");
});

Deno.test("shuffled targets are each row's own, in an order of the seed and the step", () => {
  const recipe = tinyRecipe({ taught: "shuffled targets" });
  const { tokens, targets } = fed(recipe, 3);
  const next = counting(3).map((row) => row.slice(1));
  assertEquals(tokens, counting(3).map((row) => row.slice(0, -1)), "what is read stays in order");
  assertEquals(targets.map((row) => row.toSorted()), next.map((row) => row.toSorted()));
  assertNotEquals(targets, next, "another order");
  assertEquals(fed(recipe, 3).targets, targets, "the same each time");
  // Rows come round every five steps: 8 has those of 3.
  assertNotEquals(fed(recipe, 8).targets, targets, "another order at another step");
  assertNotEquals(fed({ ...recipe, seed: 2 }, 3).targets, targets, "and of another seed");
});

Deno.test("a model that goes on from weights begins with them, whatever its seed", async () => {
  const { config } = tinyRecipe();
  const weights = randomWeights(config, "before");
  const start = { name: "before", weights: () => Promise.resolve(weights) };
  for (const seed of [1, 2]) {
    assertEquals(await unscored(tinyRecipe({ seed, start })).start(), weights);
  }
  assertEquals(await unscored(tinyRecipe({ seed: 2 })).start(), initialWeights(config, 2));
});
