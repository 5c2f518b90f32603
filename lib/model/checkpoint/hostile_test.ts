import { assert, assertEquals, assertRejects } from "@std/assert";
import { Tensor } from "../../tensor/tensor.ts";
import { writeSafetensors } from "../files/safetensors.ts";
import { toGpt2Tensors } from "../files/gpt2_names.ts";
import { makeConfig, ModelFileError, openCheckpoint, randomWeights } from "../mod.ts";
import { type Content, filesOf, weightsFile } from "../testing/checkpoints.ts";
import { fileOf } from "../testing/hostile_file.ts";
import { BYTE_LETTERS, byteLevelFile } from "../tokenizer/byte_level.ts";

const SIZES = { n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 300, n_ctx: 5 };
const config = makeConfig({ ...SIZES, tied: true });
const weights = randomWeights(config, "hostile");
const tensors = toGpt2Tensors(config, weights);
const JSON_OF = {
  model_type: "gpt2",
  n_layer: 1,
  n_embd: 8,
  n_head: 2,
  vocab_size: 300,
  n_positions: 5,
};
const LLAMA = {
  model_type: "llama",
  num_hidden_layers: 1,
  hidden_size: 8,
  intermediate_size: 12,
  num_attention_heads: 2,
  vocab_size: 300,
  max_position_embeddings: 5,
};
const WEIGHTS = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const whole = weightsFile(tensors);
const bytes = Object.fromEntries(BYTE_LETTERS.map((letter, id) => [letter, id]));

/** A sound folder with other files in it. */
type Folder = Record<string, Content | undefined>;
const withConfig = (changes: object): Folder => ({ "config.json": { ...JSON_OF, ...changes } });
const withWeights = (changes: Record<string, Tensor>, less: string[] = []): Folder => {
  const kept = Object.entries({ ...tensors, ...changes }).filter(([name]) => !less.includes(name));
  return { [WEIGHTS]: weightsFile(Object.fromEntries(kept)) };
};
const withTokenizer = (changes: object): Folder => ({
  "tokenizer.json": { ...byteLevelFile(bytes, []), ...changes },
});
const withVocab = (vocab: Record<string, unknown>): Folder =>
  withTokenizer({ model: { ...byteLevelFile({}, []).model, vocab } });
const withFiles = (vocab: Content, merges?: Content): Folder => ({
  "vocab.json": vocab,
  "merges.txt": merges,
});
/** Two shards, and an index that says what it is told. */
const half = Object.entries(tensors).length >> 1;
const parts = [Object.entries(tensors).slice(0, half), Object.entries(tensors).slice(half)];
const withShards = (
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
const withNumber = (number: number): Folder => {
  const file = whole.slice();
  const at = file.length - tensors["wte.weight"].size * 4 - tensors["wpe.weight"].size * 4;
  new DataView(file.buffer).setFloat32(at, number, true);
  return { [WEIGHTS]: file };
};
const ofHeader = (header: unknown, data = 4): Folder => ({
  [WEIGHTS]: fileOf(JSON.stringify(header), Array(data).fill(0)),
});
const entry = (dtype: string, shape: unknown, data_offsets: unknown) => ({
  "wte.weight": { dtype, shape, data_offsets },
});
const LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 548105171\n";
const deep = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;

/** What is odd about a folder, what is other in it, and what the message says. */
const REFUSED: Record<string, [Folder, string]> = {
  // config.json
  "nothing at all": [{ "config.json": undefined, [WEIGHTS]: undefined }, "config.json: it is not"],
  "an empty config": [{ "config.json": "" }, "Cannot read config.json: the file must be JSON"],
  "a config that is a list": [{ "config.json": [] }, "the file must be a JSON object, got []"],
  "a config that is nested deeply": [
    { "config.json": `{"n_layer":${deep(1e5)}}` },
    "model_type must be one of gpt2, transformer_spec",
  ],
  "a size that is nested deeply": [
    { "config.json": `{"model_type":"gpt2","n_layer":${deep(1e5)}}` },
    "n_layer must be a whole number of at least 0, got an array of 1",
  ],
  "a config with a key twice": [
    { "config.json": `{"n_layer":1,"n_layer":2}` },
    `The key "n_layer" appears twice`,
  ],
  "a config without end": [
    { "config.json": " ".repeat(1e7) + "{}" },
    "the file must be at most 10000000 bytes long, got 10000002",
  ],
  "a config in UTF-16": [
    { "config.json": Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0) },
    "must be JSON in UTF-8",
  ],
  "a config that Git LFS keeps": [
    { "config.json": LFS },
    "config.json: it is a Git LFS pointer to 548105171 bytes",
  ],
  "another family": [withConfig({ model_type: "qwen2" }), `got "qwen2"`],
  "a family that every object has": [withConfig({ model_type: "toString" }), `got "toString"`],
  "a family that is an object": [withConfig({ model_type: {} }), "got an object"],
  "a word for a number": [
    withConfig({ n_layer: "4" }),
    `n_layer must be a whole number of at least 0, got "4"`,
  ],
  "heads that do not fit": [
    withConfig({ n_head: 3 }),
    "n_embd must be a multiple of n_head, which is 3, got 8",
  ],
  "no heads": [withConfig({ n_head: 0 }), "n_head must be a whole number of at least 1, got 0"],
  "a size left out": [
    withConfig({ n_positions: undefined }),
    "n_positions must be a whole number of at least 1, got undefined",
  ],
  "half a layer": [withConfig({ n_layer: 0.5 }), "n_layer must be a whole number"],
  "a size past all numbers": [{
    "config.json": JSON.stringify(JSON_OF).replace(`"n_layer":1`, `"n_layer":1e999`),
  }, "n_layer must be a whole number of at least 0, got Infinity"],
  "layers without end": [
    withConfig({ n_layer: 1e15 }),
    "1000000000000000 layers need more tensors than the 16 given",
  ],
  "words without end": [
    withConfig({ vocab_size: 2 ** 52 }),
    "wte.weight must be [4503599627370496,8], got [300,8]",
  ],
  "an MLP of no width": [
    withConfig({ n_inner: 0 }),
    "n_inner must be null or a whole number of at least 1, got 0",
  ],
  "another nonlinearity": [
    withConfig({ activation_function: "quick_gelu" }),
    `activation_function must be one of gelu_new,`,
  ],
  "an epsilon that is none": [
    withConfig({ layer_norm_epsilon: "1e-5" }),
    `layer_norm_epsilon must be a finite number above 0, got "1e-5"`,
  ],
  "a tie that is a word": [
    withConfig({ tie_word_embeddings: "false" }),
    `tie_word_embeddings must be one of true, false, got "false"`,
  ],
  "a tie that is null": [
    withConfig({ tie_word_embeddings: null }),
    "tie_word_embeddings must be one of true, false, got null",
  ],
  "scores that are not scaled": [
    withConfig({ scale_attn_weights: false }),
    "scale_attn_weights must be true, got false",
  ],
  "scores scaled by the layer": [
    withConfig({ scale_attn_by_inverse_layer_idx: true }),
    "scale_attn_by_inverse_layer_idx must be false, got true",
  ],
  "attention across": [
    withConfig({ add_cross_attention: true }),
    "add_cross_attention must be false, got true",
  ],
  "heads cut out": [
    withConfig({ pruned_heads: { 0: [1] } }),
    "pruned_heads must be left out, got an object",
  ],
  "quantized weights": [
    withConfig({ quantization_config: { bits: 4 } }),
    "quantization_config must be left out, got an object",
  ],
  "more of ours than there is": [
    withConfig({ transformer_spec: { n_layers: 2 } }),
    "a field of transformer_spec must be one of",
  ],
  // weights
  "no weights": [{ [WEIGHTS]: undefined }, `is required, got "config.json"`],
  "a pickle of Hugging Face's": [
    { [WEIGHTS]: undefined, "pytorch_model.bin": "" },
    `got "pytorch_model.bin", a pickle, which can run code as it is read.`,
  ],
  "a pickle of nanoGPT": [
    { [WEIGHTS]: undefined, "ckpt.pt": "" },
    "(minGPT and nanoGPT keep matrices on their side)",
  ],
  "empty weights": [
    { [WEIGHTS]: "" },
    "Cannot read model.safetensors: the file must be at least 8 bytes long, got 0",
  ],
  "weights that Git LFS keeps": [{ [WEIGHTS]: LFS }, "model.safetensors: it is a Git LFS pointer"],
  "weights that are a page": [
    { [WEIGHTS]: "<!doctype html><title>404</title>" },
    "the header's length must be at most 100000000 bytes",
  ],
  "weights cut short": [
    { [WEIGHTS]: whole.subarray(0, 5000) },
    "Cannot read model.safetensors: data_offsets of tensor",
  ],
  "weights with more behind": [
    { [WEIGHTS]: Uint8Array.from([...whole, 0]) },
    "the data must be the",
  ],
  "a NaN": [withNumber(NaN), `must hold finite numbers, got NaN at index 0`],
  "an infinity": [withNumber(-Infinity), "must hold finite numbers, got -Infinity"],
  "numbers of 64 bits": [
    ofHeader(entry("F64", [1], [0, 8]), 8),
    `dtype of tensor "wte.weight" must be one of F32, F16, BF16, got "F64"`,
  ],
  "numbers of 8 bits": [ofHeader(entry("F8_E4M3", [4], [0, 4])), `got "F8_E4M3"`],
  "a tensor over another": [
    ofHeader({
      ...entry("F32", [1], [0, 4]),
      b: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
    }),
    "overlaps the tensor before it",
  ],
  "a tensor past the end": [ofHeader(entry("F32", [2], [0, 8])), "data_offsets of tensor"],
  "a tensor without end": [
    ofHeader(entry("F32", [2 ** 40, 2 ** 40], [0, 4])),
    `the data of tensor "wte.weight" must be`,
  ],
  "a tensor of nothing": [ofHeader(entry("F32", [0, 8], [0, 0]), 0), "got [0,8]"],
  "a name without end": [
    withWeights({ ["x".repeat(1e6)]: Tensor.from([1]) }),
    `there is no place for ${"x".repeat(80)}`,
  ],
  "a name that every object has": [
    withWeights({ ["__proto__" as string]: Tensor.from([1]), constructor: Tensor.from([1]) }),
    "there is no place for",
  ],
  "a head for a task": [
    withWeights({ "score.weight": Tensor.full([2, 8]) }),
    "there is no place for score.weight",
  ],
  "an unembedding with a bias": [
    withWeights({ "lm_head.bias": Tensor.full([300]) }),
    "there is no place for lm_head.bias",
  ],
  "a tensor left out": [
    withWeights({}, ["h.0.ln_1.weight"]),
    "h.0.ln_1.weight must be [8], got nothing",
  ],
  "one layer too many": [
    withWeights({ "h.1.ln_1.weight": Tensor.full([8]) }),
    "there is no place for h.1.ln_1.weight",
  ],
  "another width": [withConfig({ n_embd: 4 }), "wte.weight must be [300,4], got [300,8]"],
  "another MLP": [withConfig({ n_inner: 16 }), "h.0.mlp.c_fc.weight must be [8,16], got [8,32]"],
  "another window": [withConfig({ n_positions: 6 }), "wpe.weight must be [6,8], got [5,8]"],
  "a name with and without prefix": [
    withWeights({ "transformer.wte.weight": tensors["wte.weight"] }),
    `tensor "wte.weight" is there with and without prefix`,
  ],
  "a tied pair of two": [
    withWeights({ "lm_head.weight": Tensor.full([300, 8], 1) }),
    "tensor lm_head.weight of a tied model must equal wte.weight or be absent",
  ],
  "an untied pair of one": [
    withConfig({ tie_word_embeddings: false }),
    "lm_head.weight must be [300,8], got nothing",
  ],
  "matrices on their side": [
    {
      [WEIGHTS]: weightsFile(Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [
          name,
          /c_\w+\.weight/.test(name) ? tensor.transpose(1, 0) : tensor,
        ]),
      )),
    },
    "h.0.attn.c_attn.weight must be [8,24], got [24,8]; its matrices lie on their side",
  ],
  // shards
  "an index that is no object": [withShards({}, {}, () => []), "the file must be a JSON object"],
  "an index without a map": [withShards({}, {}, () => ({})), "weight_map must be an object"],
  "an index of nothing": [
    withShards({}, {}, () => ({ weight_map: {} })),
    "1 layers need more tensors than the 0 given",
  ],
  "a file outside of the folder": [
    withShards({ "wte.weight": "../x.safetensors" }),
    `weight_map "wte.weight" must be a .safetensors file of the same folder that is there, got "../x`,
  ],
  "a file by its full path": [
    withShards({ "wte.weight": "/etc/passwd" }),
    `of the same folder that is there, got "/etc/passwd"`,
  ],
  "a file that is a number": [withShards({ "wte.weight": 1 }), "that is there, got 1"],
  "a shard that is missing": [
    withShards({}, { "b.safetensors": undefined }),
    `that is there, got "b.safetensors"`,
  ],
  "a shard that is cut short": [
    withShards({}, { "b.safetensors": weightsFile(tensors).subarray(0, 99) }),
    "Cannot read b.safetensors: the header's length must be at most",
  ],
  "a tensor in two shards": [
    withShards({}, { "b.safetensors": whole }),
    `is in "a.safetensors" and in "b.safetensors"`,
  ],
  "a tensor in another shard": [
    withShards({ "wte.weight": "b.safetensors" }),
    `tensor "wte.weight" must be in "b.safetensors", as weight_map says, got "a.safetensors"`,
  ],
  "a tensor in no shard": [withShards({ "h.0.x": "b.safetensors" }), `got "no file"`],
  // Llamas
  "a Llama that is a GPT-2": [
    withConfig(LLAMA),
    "Cannot read Llama weights: there is no place for h.0.attn.c_attn.bias",
  ],
  "a Llama without the end": [
    { ...withConfig(LLAMA), [WEIGHTS]: weightsFile({ "model.norm.weight": Tensor.full([8], 1) }) },
    "embed_tokens.weight must be [300,8], got nothing",
  ],
  "a GPT-2 that is a Llama": [
    { [WEIGHTS]: weightsFile({ "model.norm.weight": Tensor.full([8], 1) }) },
    "Cannot read GPT-2 weights: there is no place for model.norm.weight",
  ],
  // tokenizers
  "a tokenizer that is no object": [
    { "tokenizer.json": "[]" },
    "Cannot read tokenizer.json: the file must be a JSON object, got []",
  ],
  "a tokenizer without words": [
    withTokenizer({ model: {} }),
    "model.vocab must be an object from tokens to ids",
  ],
  "a tokenizer of another model": [
    withVocab({ ...bytes, more: 50_256 }),
    `the id of "more" must be a whole number below the model's vocab_size, 300, got 50256`,
  ],
  "an id that is a word": [withVocab({ ...bytes, more: "7" }), `got "7"`],
  "an id below 0": [withVocab({ ...bytes, more: -1 }), "got -1"],
  "one id for two": [
    withVocab({ ...bytes, more: 65 }),
    `the id of "more" must be another one than that of "A", got 65`,
  ],
  "added tokens that are none": [
    withTokenizer({ added_tokens: [{ id: "1", content: "a" }] }),
    "added_tokens must be a list of objects with id and content",
  ],
  "a tokenizer of no kind": [
    withTokenizer({ model: { type: "Oracle", vocab: {} }, pre_tokenizer: { type: "Oracle" } }),
    "Cannot read tokenizer.json: it makes no tokenizer: ",
  ],
  "a part that is nonsense": [
    withTokenizer({ post_processor: { type: "TemplateProcessing" } }),
    "Cannot read tokenizer.json: it makes no tokenizer: ",
  ],
  "words without merges": [withFiles(bytes), "Cannot read vocab.json: merges.txt is required"],
  "merges of what is not there": [
    withFiles(bytes, "#version: 0.2\na b\n"),
    `every line must be two tokens of vocab.json, a blank between them, that make a third, got "a b"`,
  ],
  "merges that are none": [withFiles({ ...bytes, abc: 256 }, "abc"), `got "abc"`],
  "words that are a list": [withFiles([], ""), "the file must be an object from tokens to ids"],
};

const SOUND: Folder = { "config.json": JSON_OF, [WEIGHTS]: whole };
const open = (folder: Folder) => openCheckpoint(filesOf({ ...SOUND, ...folder }));

for (const [what, [folder, message]] of Object.entries(REFUSED)) {
  Deno.test(`a folder is refused with its reason: ${what}`, async () => {
    const error = await assertRejects(() => open(folder), ModelFileError, message);
    assert(error.message.length < 1000, "nothing endless is printed");
  });
}

/** The same of folders that are odd and sound: they are the model, whatever else they say. */
const READ: Record<string, Folder> = {
  "what does not matter": withConfig({ n_ctx: 7, attn_pdrop: "x", architectures: 1, use_cache: 0 }),
  "the same function by another name": withConfig({ activation_function: "gelu_pytorch_tanh" }),
  "another order of the sums": withConfig({
    reorder_and_upcast_attn: true,
    scale_attn_weights: true,
  }),
  "nothing cut out": withConfig({ pruned_heads: {}, n_inner: null, quantization_config: null }),
  "no family, in the oldest files": withConfig({ model_type: undefined }),
  "both of a tied pair": withWeights({ "lm_head.weight": tensors["wte.weight"] }),
  "masks": withWeights({ "transformer.h.0.attn.bias": Tensor.full([1, 1, 5, 5], 1) }),
  "shards": withShards({}),
  "shards and one file: the file counts": { [INDEX]: "" },
  "a pickle beside": { "pytorch_model.bin": "" },
};

for (const [what, folder] of Object.entries(READ)) {
  Deno.test(`a folder is read: ${what}`, async () => {
    assertEquals((await open(folder)).model.weights, weights);
  });
}

Deno.test("masks of any type, and headers with blanks or notes, are no obstacle", async () => {
  const file = writeSafetensors({ ...tensors, "h.0.attn.bias": Tensor.from([1]) });
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const text = new TextDecoder().decode(file.subarray(8, 8 + length));
  const header = text.replace(
    /("h.0.attn.bias":\{"dtype":)"F32","shape":\[1\]/,
    `$1"U8","shape":[4]`,
  );
  assert(header !== text);
  const data = file.subarray(8 + length);
  for (const blanks of ["", " ", "   "]) {
    const given = fileOf(header + blanks, [...data]);
    assertEquals((await open({ [WEIGHTS]: given })).model.weights, weights);
  }
});
