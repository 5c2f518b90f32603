import "../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertLessOrEqual } from "@std/assert";
import memoize from "memoize";
import { type Card, gpt2, loadModel, randomWeights, readCard } from "../model/mod.ts";
import { releaseSessions } from "../runtime/mod.ts";
import { crossEntropy, reference } from "../model/reference/reference.ts";
import { startAdamW } from "./adamw.ts";
import type { Losses } from "./evaluate.ts";
import { languageModel } from "./language_model.ts";
import { finish, lossCurve, type ModelFiles } from "./finish.ts";
import { tinyRecipe } from "./testing/tiny_recipe.ts";

const RECIPE = tinyRecipe({ steps: 3 });
const WEIGHTS = randomWeights(RECIPE.config, "finish");
const STATE = { optimizer: startAdamW(WEIGHTS), losses: [1.5, 1.25, 1.123456], seconds: 12.4 };
const SOURCE = { source: "npm:toy@1.0.0", sha256: "0".repeat(64), files: 2, held_out: ["b.txt"] };
const ROWS = [[0, 1, 2, 3, 4, 0, 1], [4, 4, 0, 2, 2, 1, 3]];

/** The finished run, and the losses that its score was given for {@linkcode ROWS}. */
async function finished(): Promise<{ card: Card; files: ModelFiles; given: number[][] }> {
  let given: number[][] = [];
  const score = async (losses: Losses) => {
    given = await losses(ROWS);
    return [{ label: "loss", value: given[0][0], unit: "nats per token" }];
  };
  const data = { batches: () => [], sources: [SOURCE], score };
  return {
    ...await finish(RECIPE, languageModel(RECIPE, data), STATE).finally(releaseSessions),
    given,
  };
}

const once = memoize(finished);

Deno.test("the files of a finished run load as the model that was trained, bit for bit", async () => {
  const { files } = await once();
  const model = await loadModel((file) => files[file], gpt2);
  assertEquals(model.name, "tiny");
  assertEquals(model.config, RECIPE.config);
  assertEquals(model.weights, WEIGHTS);
});

Deno.test("the card is a valid one and says what was done", async () => {
  const { card, files, given } = await once();
  assertEquals(await readCard((file) => files[file]), card, "what was written");
  assertEquals(Object.keys(files).at(-1), "card.json", "last: it vouches for the others");
  const { weights_sha256: _, bytes, ...rest } = card;
  assertEquals(bytes, files["model.safetensors"].length);
  assertEquals(rest, {
    name: "tiny",
    recipe: "fixtures/models/tiny/recipe.ts",
    seed: 1,
    data: [SOURCE],
    steps: 3,
    tokens: 3 * 2 * 6,
    seconds: 12,
    loss_curve: [[1, 1.5], [2, 1.25], [3, 1.1235]],
    figures: [{ label: "loss", value: given[0][0], unit: "nats per token" }],
  });
});

Deno.test("the score is given the model's losses at every token but the first of each row", async () => {
  const { given } = await once();
  assertEquals(given.map((row) => row.length), [6, 6]);
  const model = { config: RECIPE.config, weights: WEIGHTS };
  const logits = reference(model, ROWS.map((row) => row.slice(0, -1))).get("logits");
  const mean = crossEntropy(logits, ROWS.map((row) => row.slice(1)));
  const found = given.flat().reduce((sum, nats) => sum + nats, 0) / 12;
  // Logits of size 1 in 32 bits, behind a dozen operations each rounded by 6e-8.
  assertAlmostEquals(found, mean, 1e-6, "the reference's loss");
});

Deno.test("a loss curve has a point for each step, or means of stretches of equal length", () => {
  assertEquals(lossCurve([3, 2, 1]), [[1, 3], [2, 2], [3, 1]]);
  assertEquals(lossCurve([]), []);
  const losses = Array.from({ length: 401 }, (_, i) => i);
  const curve = lossCurve(losses); // three steps a point
  assertEquals(curve.slice(0, 2), [[3, 1], [6, 4]]);
  assertEquals(curve.at(-1), [401, 399.5], "the last stretch is shorter and ends with the run");
  for (const steps of [199, 200, 201, 399, 7000]) {
    assertLessOrEqual(lossCurve(Array(steps).fill(1)).length, 200, `${steps} steps`);
  }
});
