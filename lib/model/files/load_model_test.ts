import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { gpt2, makeConfig, makeModel, ModelFileError, randomWeights, saveModel } from "../mod.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { cardFor, folderOf } from "../testing/saved_files.ts";
import { loadModel, readCard } from "./load_model.ts";
import { sha256 } from "./sha256.ts";

const config = makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 7, n_ctx: 8 });
const SAVED = await saveModel(makeModel("tiny", config, randomWeights(config, "files")), gpt2);
const CARD = cardFor(SAVED);

Deno.test("a model of every config is saved and loaded bit for bit", async () => {
  await fc.assert(
    fc.asyncProperty(anyConfig, fc.nat(), async (config, seed) => {
      const model = makeModel("any", config, randomWeights(config, seed));
      const saved = await saveModel(model, gpt2);
      const folder = folderOf(saved, { card: cardFor(saved) });
      assertEquals(await loadModel(folder, gpt2, { name: "any" }), model);
    }),
    { seed: 10, numRuns: 50 },
  );
});

Deno.test("a model is called what it is told, else what its card says", async () => {
  const [carded, bare] = [folderOf(SAVED, { card: CARD }), folderOf(SAVED)];
  assertEquals((await loadModel(carded, gpt2, { name: "mine" })).name, "mine");
  assertEquals((await loadModel(carded, gpt2)).name, "tiny");
  assertEquals((await loadModel(bare, gpt2)).name, "unnamed");
  assertEquals(await readCard(carded), CARD, "the card itself");
});

const flipped = SAVED.weights.slice();
flipped[flipped.length - 3] ^= 1;
const short = SAVED.weights.slice(0, -4);

/** What is wrong with the files, the files, and what the message must say. */
const REFUSED: [string, ReturnType<typeof folderOf>, string][] = [
  [
    "a single bit flipped",
    folderOf(SAVED, { card: CARD, weights: flipped }),
    `the weights in model.safetensors: their SHA-256 must be ${SAVED.weights_sha256}, ` +
    `as card.json says, got "${await sha256(flipped)}"`,
  ],
  [
    "weights of another length than the card gives",
    folderOf(SAVED, { card: CARD, weights: short }),
    `their length must be the ${SAVED.bytes} bytes that card.json gives, got ${short.length}`,
  ],
  [
    "weights of another config",
    folderOf(SAVED, { config: { ...SAVED.config, vocab_size: 8 } }),
    "wte.weight must be [8,4], got [7,4]",
  ],
  [
    "no config",
    folderOf(SAVED, { config: undefined }),
    "config.json: the file must be there, got undefined",
  ],
  [
    "a card that is none",
    folderOf(SAVED, { card: "tiny" }),
    `card.json: the file must be an object with name,`,
  ],
  [
    "a key given twice",
    (file) => file === "card.json" ? new TextEncoder().encode(`{"a":1,"a":2}`) : SAVED.weights,
    `card.json: the file must be JSON in UTF-8 without repeated keys: The key "a" appears twice`,
  ],
];

for (const [what, folder, message] of REFUSED) {
  Deno.test(`files are refused with their folder and the reason: ${what}`, async () => {
    const load = () => loadModel(folder, gpt2, { folder: "models/tiny" });
    const error = await assertRejects(load, ModelFileError, message);
    assertEquals(error.message.startsWith("In models/tiny: Cannot read "), true, error.message);
  });
}

Deno.test("without a card nothing but the numbers themselves can tell a flipped bit", async () => {
  await loadModel(folderOf(SAVED, { weights: flipped }), gpt2);
  const message = "Cannot read card.json: the file must be there";
  await assertRejects(() => readCard(folderOf(SAVED)), ModelFileError, message);
});

Deno.test("what reading itself fails with is passed on as it is", async () => {
  const absent = () => Promise.reject(new Deno.errors.NotFound("no such folder"));
  await assertRejects(() => loadModel(absent, gpt2), Deno.errors.NotFound, "no such folder");
});
