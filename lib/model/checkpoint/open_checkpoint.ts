import { inFolder, ModelFileError } from "../files/file_error.ts";
import type { LoadOptions } from "../files/load_model.ts";
import { fromTensors } from "../files/layout.ts";
import { makeModel, type Model } from "../model.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { familyOf } from "./families.ts";
import { type CheckpointFiles, readJsonFile } from "./files.ts";
import { readTokenizer } from "./read_tokenizer.ts";
import { storedTensors } from "./stored_tensors.ts";

/** A model's files, read. */
export interface Checkpoint {
  /** Its config and its weights. */
  readonly model: Model;
  /** What its texts are cut with, if that is among the files. */
  readonly tokenizer?: Tokenizer;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The model of a Hugging Face folder: `config.json`; `model.safetensors`, or shards with their
 * index; and `tokenizer.json`, or `vocab.json` with `merges.txt`, if there is one. What the config
 * says is what runs: a key that would change the function and is not supported is refused. Numbers
 * are F32, F16 or BF16, the latter widened, which is exact.
 *
 * @param options.name What to call the model; `folder`, or "checkpoint", where left out.
 * @throws {ModelFileError} If a file is missing or not what it should be, the model is of a kind that
 * cannot be run, or the files do not fit each other. It names the file, what was required and what
 * was given.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gpt2, makeConfig, makeModel, openCheckpoint, randomWeights, saveModel } from "../mod.ts";
 *
 * const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });
 * const saved = await saveModel(makeModel("mine", config, randomWeights(config, 1)), gpt2);
 * const files: Record<string, Uint8Array> = {
 *   "config.json": new TextEncoder().encode(JSON.stringify(saved.config)),
 *   "model.safetensors": saved.weights,
 * };
 * const { model, notes } = await openCheckpoint({
 *   names: Object.keys(files),
 *   read: (name) => files[name],
 * });
 * assertEquals(model.config, config);
 * assertEquals(notes, ["there is no tokenizer, so tokens are mere numbers"]);
 * ```
 */
export function openCheckpoint(
  files: CheckpointFiles,
  { folder, name = folder ?? "checkpoint" }: LoadOptions = {},
): Promise<Checkpoint> {
  return inFolder(folder, async () => {
    if (!files.names.includes("config.json")) {
      const given = files.names.slice(0, 20).join(", ") || "no file";
      throw new ModelFileError(`Cannot read config.json: it is not there, among ${given}`);
    }
    const json = await readJsonFile(files, "config.json");
    const { readConfig, naming } = familyOf(json);
    const config = readConfig(json);
    const fitting = await readTokenizer(files, config.d_vocab);
    const tensors = await storedTensors(files, (tensor) => naming.isBuffer(tensor));
    return { model: makeModel(name, config, fromTensors(naming, config, tensors)), ...fitting };
  });
}
