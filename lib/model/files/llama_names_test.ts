import { assertEquals, assertLess } from "@std/assert";
import type { Tensor } from "../../tensor/tensor.ts";
import { exportCheckpoint, makeConfig, makeModel, openCheckpoint, randomWeights } from "../mod.ts";
import { reference } from "../reference/reference.ts";
import { filesOf } from "../testing/checkpoints.ts";
import { llamaByTheBook } from "../testing/llama_by_the_book.ts";
import { LLAMA_PARTS } from "./llama_config.ts";
import { llamaNaming } from "./llama_names.ts";
import { readSafetensors } from "./safetensors.ts";

const SIZES = { n_layers: 2, d_model: 10, n_heads: 6, n_key_value_heads: 2, d_head: 8, d_mlp: 7 };
const config = makeConfig({
  ...{ ...SIZES, d_vocab: 11, n_ctx: 64, act_fn: "silu", position_base: 100 },
  ...LLAMA_PARTS,
});
const files = exportCheckpoint(makeModel("llama", config, randomWeights(config, "llama")));
const json = JSON.parse(new TextDecoder().decode(files["config.json"]));

const tensors: Record<string, Tensor> = Object.fromEntries(
  readSafetensors(files["model.safetensors"]).tensors,
);

Deno.test("a Llama has the names and shapes of a Hugging Face checkpoint", () => {
  const shapes = Object.entries(tensors).map(([name, { shape }]) => `${name} [${shape}]`);
  assertEquals(shapes.filter((line) => !line.includes("layers.1.")).sort(), [
    "lm_head.weight [11,10]",
    "model.embed_tokens.weight [11,10]",
    "model.layers.0.input_layernorm.weight [10]",
    "model.layers.0.mlp.down_proj.weight [10,7]",
    "model.layers.0.mlp.gate_proj.weight [7,10]",
    "model.layers.0.mlp.up_proj.weight [7,10]",
    "model.layers.0.post_attention_layernorm.weight [10]",
    "model.layers.0.self_attn.k_proj.weight [16,10]",
    "model.layers.0.self_attn.o_proj.weight [10,48]",
    "model.layers.0.self_attn.q_proj.weight [48,10]",
    "model.layers.0.self_attn.v_proj.weight [16,10]",
    "model.norm.weight [10]",
  ]);
});

/** What a file may say of its positions. */
const ROPES = {
  "as they are": null,
  "squeezed": { rope_type: "linear", factor: 3 },
  "scaled as Llama 3's": {
    ...{ rope_type: "llama3", factor: 8, low_freq_factor: 1, high_freq_factor: 4 },
    original_max_position_embeddings: 32,
  },
  "scaled by YaRN": { rope_type: "yarn", factor: 2, original_max_position_embeddings: 32 },
};

for (const [what, rope_scaling] of Object.entries(ROPES)) {
  Deno.test(`a folder is the function that its own code computes, positions ${what}`, async () => {
    const said = { ...json, rope_scaling };
    const { model } = await openCheckpoint(filesOf({ ...files, "config.json": said }));
    const tokens = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4];
    const { data } = reference(model, [tokens]).get("logits");
    const expected = llamaByTheBook(said, tensors, tokens).flat();
    assertEquals(data.length, expected.length);
    // Both in 64 bits: only the order of sums tells them apart.
    const furthest = Math.max(...expected.map((logit, i) => Math.abs(logit - data[i])));
    assertLess(furthest, 1e-10);
  });
}

Deno.test("tables of frequencies in old files are no parameters", () => {
  for (const name of ["layers.3.self_attn.rotary_emb.inv_freq", "rotary_emb.inv_freq"]) {
    assertEquals([name, `model.${name}`].map(llamaNaming.isBuffer), [true, true]);
  }
});
