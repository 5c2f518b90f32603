/** Folders whose weights are odd, in one file or in shards: each is refused with its reason. */
import { Tensor } from "../../tensor/tensor.ts";
import { weightsFile } from "../testing/checkpoints.ts";
import {
  entry,
  LFS,
  ofHeader,
  refuses,
  tensors,
  WEIGHTS,
  whole,
  withConfig,
  withNumber,
  withShards,
  withWeights,
} from "../testing/hostile_folders.ts";

refuses({
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
});
