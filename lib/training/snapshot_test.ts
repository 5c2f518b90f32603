import { assert, assertEquals, assertRejects } from "@std/assert";
import { ModelFileError, randomWeights } from "../model/mod.ts";
import { Random } from "../tensor/mod.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";
import type { TrainingState } from "./loop.ts";
import { tinyRecipe } from "./testing/tiny_recipe.ts";

const RECIPE = tinyRecipe();
const [weights, means, squares] = [1, 2, 3].map((seed) => randomWeights(RECIPE.config, seed));
const STATE: TrainingState = {
  optimizer: { step: 2, weights, means, squares },
  losses: [1.5, 1 / 3],
  seconds: 0.1,
};

Deno.test("a run comes back from its bytes as it was, bit for bit", async () => {
  assertEquals(await decodeSnapshot(RECIPE, await encodeSnapshot(RECIPE, STATE)), STATE);
});

Deno.test("a run of a recipe that was changed is refused, with what was changed", async () => {
  const bytes = await encodeSnapshot(RECIPE, STATE);
  await assertRejects(
    () => decodeSnapshot(tinyRecipe({ steps: 90, seed: 7 }), bytes),
    ModelFileError,
    "It is of another recipe: seed must be 7, got 1; steps must be 90, got 60",
  );
});

Deno.test("a flipped bit is noticed, wherever it is", async () => {
  const bytes = await encodeSnapshot(RECIPE, STATE);
  const random = new Random("flips");
  for (let flip = 0; flip < 100; flip++) {
    const damaged = bytes.slice();
    damaged[random.integer(0, bytes.length - 1)] ^= 1 << random.integer(0, 7);
    await assertRejects(() => decodeSnapshot(RECIPE, damaged), ModelFileError);
  }
});

Deno.test("a damaged number is told from a damaged header", async () => {
  const bytes = await encodeSnapshot(RECIPE, STATE);
  bytes[bytes.length - 4] ^= 1; // the last bit of a float: the number stays finite
  const error = await assertRejects(() => decodeSnapshot(RECIPE, bytes), ModelFileError);
  assert(
    /It is damaged: its SHA-256 must be [0-9a-f]{64}, got /.test(error.message),
    error.message,
  );
});
