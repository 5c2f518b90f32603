import { type Card, parseCard } from "./card.ts";
import { inFolder, refuse } from "./file_error.ts";
import type { AnyModel, Format } from "./format.ts";
import { readJson } from "./json.ts";
import { sha256 } from "./sha256.ts";

/** Gives the bytes of a file of a model by its name, or nothing where there is no such file. */
export type ReadFile = (
  file: "config.json" | "model.safetensors" | "card.json",
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** What {@linkcode loadModel} may be told. */
export interface LoadOptions {
  /** What to call the model; the card's name where left out. */
  readonly name?: string;
  /** Where the files are, for messages. */
  readonly folder?: string;
}

/**
 * A model from its files. With a card beside them, the weights are hashed before anything in them is
 * read: half of all flipped bits in a weight file would load and change the results without a word.
 *
 * @param format How such models lie in files.
 * @throws {ModelFileError} If a file is missing or not what it should be, the weights are not those
 * that the card vouches for, or they do not fit the config. It names the file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gpt2, loadModel, makeConfig, makeModel, randomWeights, saveModel } from "../mod.ts";
 *
 * const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });
 * const model = makeModel("mine", config, randomWeights(config, 1));
 * const saved = await saveModel(model, gpt2);
 * const files: Record<string, Uint8Array> = {
 *   "config.json": new TextEncoder().encode(JSON.stringify(saved.config)),
 *   "model.safetensors": saved.weights,
 * };
 * assertEquals(await loadModel((file) => files[file], gpt2, { name: "mine" }), model);
 * ```
 */
export function loadModel<M extends AnyModel>(
  read: ReadFile,
  format: Format<M>,
  { name, folder }: LoadOptions = {},
): Promise<M> {
  return inFolder(folder, async () => {
    const weights = await present(read, "model.safetensors");
    const given = await read("card.json");
    const card = given && parseCard(readJson("card.json", "the file", given));
    if (card) await verify(card, weights);
    const json = readJson("config.json", "the file", await present(read, "config.json"));
    return format.read(name ?? card?.name ?? "unnamed", format.readConfig(json), weights);
  });
}

/**
 * The card of a trained model.
 *
 * @throws {ModelFileError} If it is missing or not what it should be.
 */
export function readCard(
  read: ReadFile,
  { folder }: Pick<LoadOptions, "folder"> = {},
): Promise<Card> {
  return inFolder(folder, async () => {
    return parseCard(readJson("card.json", "the file", await present(read, "card.json")));
  });
}

async function present(read: ReadFile, file: Parameters<ReadFile>[0]): Promise<Uint8Array> {
  return await read(file) ?? refuse(file, "the file", "there", undefined);
}

/** Refuses weights that are not, byte for byte, those that a card describes. */
async function verify(card: Card, weights: Uint8Array): Promise<void> {
  const file = "the weights in model.safetensors";
  if (weights.length !== card.bytes) {
    refuse(file, "their length", `the ${card.bytes} bytes that card.json gives`, weights.length);
  }
  const given = await sha256(weights);
  if (given === card.weights_sha256) return;
  refuse(file, "their SHA-256", `${card.weights_sha256}, as card.json says`, given);
}
