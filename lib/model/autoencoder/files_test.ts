import { assertEquals, assertRejects } from "@std/assert";
import { loadModel, ModelFileError, saveModel } from "../mod.ts";
import { cardFor, folderOf } from "../testing/saved_files.ts";
import { initialAutoencoderWeights, makeAutoencoder } from "./autoencoder.ts";
import { toyAutoencoder } from "./files.ts";

const CONFIG = { n_features: 3, d_hidden: 2, sparsity: 0.5, decay: 0.9 };
const MODEL = makeAutoencoder("tiny", CONFIG, initialAutoencoderWeights(CONFIG, 1));
const SAVED = await saveModel(MODEL, toyAutoencoder);

Deno.test("what was saved loads as it was, bit for bit", async () => {
  const folder = folderOf(SAVED, { card: cardFor(SAVED) });
  assertEquals(await loadModel(folder, toyAutoencoder), MODEL);
});

/** A change to the config, and what the message must say. */
const REFUSED: [Record<string, unknown>, string][] = [
  [{ model_type: "gpt2" }, 'model_type must be one of toy-autoencoder, got "gpt2"'],
  [{ sparsity: 1 }, "sparsity must be a number in [0, 1), got 1"],
  [{ d_hidden: "2" }, 'd_hidden must be a whole number of at least 1, got "2"'],
  [{ bias: true }, "a field must be one of model_type, n_features,"],
  [{ d_hidden: 3 }, "W [3,3],b [3] are required"],
];

Deno.test("files that were changed are refused", async () => {
  for (const [change, message] of REFUSED) {
    const folder = folderOf(SAVED, { config: { ...SAVED.config, ...change } });
    await assertRejects(() => loadModel(folder, toyAutoencoder), ModelFileError, message);
  }
  const weights = SAVED.weights.with(SAVED.weights.length - 1, 1);
  const folder = folderOf(SAVED, { card: cardFor(SAVED), weights });
  const message = "their SHA-256 must be";
  await assertRejects(() => loadModel(folder, toyAutoencoder), ModelFileError, message);
});
