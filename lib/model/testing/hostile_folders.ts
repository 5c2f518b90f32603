/** For tests: a sound folder of a small GPT-2, and ways to make it odd. */
import { assert, assertRejects } from "@std/assert";
import type { Tensor } from "../../tensor/tensor.ts";
import { toGpt2Tensors } from "../files/gpt2_names.ts";
import { makeConfig, ModelFileError, openCheckpoint, randomWeights } from "../mod.ts";
import { BYTE_LETTERS, byteLevelFile } from "../tokenizer/byte_level.ts";
import { type Content, filesOf, weightsFile } from "./checkpoints.ts";
import { fileOf } from "./hostile_file.ts";

export const SIZES = { n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 300, n_ctx: 5 };
export const config = makeConfig({ ...SIZES, tied: true });
export const weights = randomWeights(config, "hostile");
export const tensors = toGpt2Tensors(config, weights);
export const JSON_OF = {
  model_type: "gpt2",
  n_layer: 1,
  n_embd: 8,
  n_head: 2,
  vocab_size: 300,
  n_positions: 5,
};
export const LLAMA = {
  model_type: "llama",
  num_hidden_layers: 1,
  hidden_size: 8,
  intermediate_size: 12,
  num_attention_heads: 2,
  vocab_size: 300,
  max_position_embeddings: 5,
};
export const WEIGHTS = "model.safetensors";
export const INDEX = "model.safetensors.index.json";
export const whole = weightsFile(tensors);
export const bytes = Object.fromEntries(BYTE_LETTERS.map((letter, id) => [letter, id]));

/** A sound folder with other files in it. */
export type Folder = Record<string, Content | undefined>;
export const withConfig = (changes: object): Folder => ({
  "config.json": { ...JSON_OF, ...changes },
});
export const withWeights = (changes: Record<string, Tensor>, less: string[] = []): Folder => {
  const kept = Object.entries({ ...tensors, ...changes }).filter(([name]) => !less.includes(name));
  return { [WEIGHTS]: weightsFile(Object.fromEntries(kept)) };
};
export const withTokenizer = (changes: object): Folder => ({
  "tokenizer.json": { ...byteLevelFile(bytes, []), ...changes },
});
export const withVocab = (vocab: Record<string, unknown>): Folder =>
  withTokenizer({ model: { ...byteLevelFile({}, []).model, vocab } });
export const withFiles = (vocab: Content, merges?: Content): Folder => ({
  "vocab.json": vocab,
  "merges.txt": merges,
});
/** Two shards, and an index that says what it is told. */
export const half = Object.entries(tensors).length >> 1;
export const parts = [Object.entries(tensors).slice(0, half), Object.entries(tensors).slice(half)];
export const withShards = (
  changes: Record<string, unknown>,
  files: Folder = {},
  index: (weight_map: Record<string, unknown>) => Content = (weight_map) => ({ weight_map }),
): Folder => {
  const map = parts.flatMap((part, i) => part.map(([name]) => [name, `${"ab"[i]}.safetensors`]));
  return {
    [WEIGHTS]: undefined,
    "a.safetensors": weightsFile(Object.fromEntries(parts[0])),
    "b.safetensors": weightsFile(Object.fromEntries(parts[1])),
    [INDEX]: index({ ...Object.fromEntries(map), ...changes }),
    ...files,
  };
};
/** The same weights with one number's bytes replaced: in the embedding. */
export const withNumber = (number: number): Folder => {
  const file = whole.slice();
  const at = file.length - tensors["wte.weight"].size * 4 - tensors["wpe.weight"].size * 4;
  new DataView(file.buffer).setFloat32(at, number, true);
  return { [WEIGHTS]: file };
};
export const ofHeader = (header: unknown, data = 4): Folder => ({
  [WEIGHTS]: fileOf(JSON.stringify(header), Array(data).fill(0)),
});
export const entry = (dtype: string, shape: unknown, data_offsets: unknown) => ({
  "wte.weight": { dtype, shape, data_offsets },
});
export const LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 548105171\n";
export const deep = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;

export const SOUND: Folder = { "config.json": JSON_OF, [WEIGHTS]: whole };
/** The folder with other files in it, opened. */
export const open = (folder: Folder) => openCheckpoint(filesOf({ ...SOUND, ...folder }));

/** What is odd about a folder, what is other in it, and what the message says: a test of each. */
export function refuses(cases: Readonly<Record<string, [Folder, string]>>): void {
  for (const [what, [folder, message]] of Object.entries(cases)) {
    Deno.test(`a folder is refused with its reason: ${what}`, async () => {
      const error = await assertRejects(() => open(folder), ModelFileError, message);
      assert(error.message.length < 1000, "nothing endless is printed");
    });
  }
}
