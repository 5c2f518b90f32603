/** Folders whose config.json is odd: each is refused with its reason. */
import { Tensor } from "../../tensor/tensor.ts";
import { weightsFile } from "../testing/checkpoints.ts";
import {
  deep,
  JSON_OF,
  LFS,
  LLAMA,
  refuses,
  WEIGHTS,
  withConfig,
} from "../testing/hostile_folders.ts";

refuses({
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
});
