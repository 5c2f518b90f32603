/** Folders that are odd and sound are the model, whatever else they say. */
import { assert, assertEquals } from "@std/assert";
import { Tensor } from "../../tensor/tensor.ts";
import { writeSafetensors } from "../files/safetensors.ts";
import { fileOf } from "../testing/hostile_file.ts";
import {
  type Folder,
  INDEX,
  open,
  tensors,
  WEIGHTS,
  weights,
  withConfig,
  withShards,
  withWeights,
} from "../testing/hostile_folders.ts";

/** What is odd, and what is other in the folder. */
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
