import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import type { Card } from "./card.ts";
import { loadCheckpoint, saveCheckpoint, type SavedCheckpoint } from "./checkpoint.ts";
import { CheckpointError } from "./checkpoint_error.ts";
import { makeConfig } from "../config.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { randomWeights } from "../init.ts";
import { makeModel } from "../model.ts";
import { readSafetensors } from "./safetensors.ts";
import { sha256 } from "./sha256.ts";

const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 7, n_ctx: 8 });
const model = makeModel("tiny", config, randomWeights(config, "checkpoint"));

function cardFor({ weights_sha256, bytes }: SavedCheckpoint): Card {
  return {
    name: "tiny",
    recipe: "nowhere.ts",
    seed: 1,
    data: [],
    steps: 0,
    tokens: 0,
    seconds: 0,
    loss_curve: [],
    figures: [],
    weights_sha256,
    bytes,
  };
}

Deno.test("a model of every config is saved and loaded bit for bit", async () => {
  await fc.assert(
    fc.asyncProperty(anyConfig, fc.nat(), async (config, seed) => {
      const model = makeModel("any", config, randomWeights(config, seed));
      const saved = await saveCheckpoint(model);
      const json = JSON.parse(JSON.stringify(saved.config));
      const files = { config: json, weights: saved.weights, card: cardFor(saved) };
      assertEquals(await loadCheckpoint({ ...files, name: "any" }), model);
    }),
    { seed: 10, numRuns: 50 },
  );
});

Deno.test("the same model is saved as the same bytes, with what a card needs of them", async () => {
  const saved = await saveCheckpoint(model);
  assertEquals((await saveCheckpoint(model)).weights, saved.weights, "bytes");
  assertEquals(saved.bytes, saved.weights.length, "length");
  assertEquals(saved.weights_sha256, await sha256(saved.weights), "hash");
  const { metadata } = readSafetensors(saved.weights);
  assertStrictEquals(metadata.get("format"), "pt", "without it Hugging Face's loader refuses");
});

Deno.test("a model is called what it is told, else what its card says", async () => {
  const { config, weights, ...rest } = await saveCheckpoint(model);
  const card = cardFor({ config, weights, ...rest });
  assertEquals((await loadCheckpoint({ config, weights, card, name: "mine" })).name, "mine");
  assertEquals((await loadCheckpoint({ config, weights, card })).name, "tiny");
  assertEquals((await loadCheckpoint({ config, weights })).name, "checkpoint");
});

Deno.test("weights with a single bit flipped are refused, with both hashes", async () => {
  const saved = await saveCheckpoint(model);
  const weights = saved.weights.slice();
  weights[weights.length - 3] ^= 1;
  const error = await assertRejects(
    () => loadCheckpoint({ config: saved.config, weights, card: cardFor(saved) }),
    CheckpointError,
    `Cannot read the weights of tiny: their SHA-256 must be ${saved.weights_sha256}`,
  );
  assertEquals(error.message.split("got ")[1], `"${await sha256(weights)}"`, "what was given");
  await loadCheckpoint({ config: saved.config, weights }); // nothing but the hash can tell
});

Deno.test("weights of another length than the card gives are refused", async () => {
  const saved = await saveCheckpoint(model);
  const weights = saved.weights.slice(0, -4);
  await assertRejects(
    () => loadCheckpoint({ config: saved.config, weights, card: cardFor(saved) }),
    CheckpointError,
    `their length must be the ${saved.bytes} bytes that card.json gives, got ${weights.length}`,
  );
});

Deno.test("weights of another config are refused by the tensor that differs", async () => {
  const { config, weights } = await saveCheckpoint(model);
  await assertRejects(
    () => loadCheckpoint({ config: { ...config, vocab_size: 8 }, weights }),
    CheckpointError,
    `tensor "wte.weight" must be of shape [8, 4], got [7, 4]`,
  );
});

Deno.test("a model with rewrites is not saved, since a checkpoint could not hold them", async () => {
  await assertRejects(
    () => saveCheckpoint({ ...model, rewrites: [(_name, value) => value] }),
    CheckpointError,
    "Cannot save tiny: a checkpoint holds config and weights only, and this model has 1 rewrites",
  );
});
