import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  type Config,
  gpt2,
  makeConfig,
  makeModel,
  ModelFileError,
  openCheckpoint,
  randomWeights,
  saveModel,
} from "../mod.ts";
import { toGpt2Config } from "../files/gpt2_config.ts";
import { toGpt2Tensors } from "../files/gpt2_names.ts";
import { anyConfig } from "../testing/config_arbitrary.ts";
import { fileOf } from "../testing/hostile_file.ts";
import { type Content, filesOf, weightsFile } from "../testing/checkpoints.ts";

const SIZES = { n_layers: 2, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 };

/** A GPT-2 as Hugging Face's: an untied one has no bias at the end. */
function gpt2Of(changes: Partial<Config> = {}) {
  const config = makeConfig({ ...SIZES, ...changes, unembed_bias: changes.tied ?? false });
  const weights = randomWeights(config, "checkpoint");
  return { config, weights, tensors: toGpt2Tensors(config, weights), json: toGpt2Config(config) };
}

const tied = gpt2Of({ tied: true });
const untied = gpt2Of();
const open = (files: Record<string, Content | undefined>) => openCheckpoint(filesOf(files));

for (const prefix of ["", "transformer."]) {
  for (const [what, { config, weights, tensors, json }] of Object.entries({ tied, untied })) {
    Deno.test(`a GPT-2, ${what}, prefix "${prefix}", is read bit for bit`, async () => {
      const { model } = await open({
        "config.json": json,
        "model.safetensors": weightsFile(tensors, prefix),
      });
      assertEquals(json.model_type, "gpt2", "as anybody would write it");
      assertEquals(model, makeModel("checkpoint", config, weights));
    });
  }
}

Deno.test("of a tied pair either tensor is enough", async () => {
  const { "wte.weight": embedding, ...rest } = tied.tensors;
  const { model } = await open({
    "config.json": tied.json,
    "model.safetensors": weightsFile({ ...rest, "lm_head.weight": embedding }, "transformer."),
  });
  assertEquals(model.weights, tied.weights);
});

Deno.test("shards are one model, whatever lies where", async () => {
  const names = Object.keys(untied.tensors);
  const part = (i: number) =>
    Object.fromEntries(Object.entries(untied.tensors).filter((_, at) => at % 3 === i));
  const file = (i: number) => `model-0000${i + 1}-of-00003.safetensors`;
  const { model } = await open({
    "config.json": untied.json,
    ...Object.fromEntries([0, 1, 2].map((i) => [file(i), weightsFile(part(i))])),
    "model.safetensors.index.json": {
      metadata: { total_size: 1 },
      weight_map: Object.fromEntries(names.map((name, at) => [name, file(at % 3)])),
    },
  });
  assertEquals(model.weights, untied.weights);
});

Deno.test("halves are widened exactly", async () => {
  const coarse = Object.entries(tied.tensors).map(([name, tensor]) =>
    [name, tensor.map((x) => Math.round(x * 16) / 16)] as const
  );
  const bytesOf = {
    F16: (x: number) => new Uint8Array(Float16Array.of(x).buffer),
    BF16: (x: number) => new Uint8Array(Float32Array.of(x).buffer, 2),
  };
  for (const [dtype, bytes] of Object.entries(bytesOf)) {
    let end = 0;
    const header = coarse.map(([name, { shape, size }]) =>
      [name, { dtype, shape, data_offsets: [end, end += 2 * size] }] as const
    );
    const data = coarse.flatMap(([, tensor]) => [...tensor.data].flatMap((x) => [...bytes(x)]));
    const file = fileOf(JSON.stringify(Object.fromEntries(header)), data);
    const { model } = await open({ "config.json": tied.json, "model.safetensors": file });
    assertEquals(toGpt2Tensors(tied.config, model.weights), Object.fromEntries(coarse), dtype);
  }
});

Deno.test("numbers that lie aligned are those of the file, without a copy", async () => {
  const file = weightsFile(tied.tensors);
  const { model } = await open({ "config.json": tied.json, "model.safetensors": file });
  const shared = (name: string) => model.weights[name].data.buffer === file.buffer;
  assert(shared("embed.W_E") && shared("blocks.1.mlp.W_in") && shared("blocks.0.attn.W_O"));
  assert(!shared("blocks.0.attn.W_Q"), "heads lie side by side there");
});

Deno.test("models of every config come back from the files that we save", async () => {
  await fc.assert(
    fc.asyncProperty(anyConfig, fc.nat(), async (config, seed) => {
      const model = makeModel("mine", config, randomWeights(config, seed));
      const saved = await saveModel(model, gpt2);
      const files = filesOf({ "config.json": saved.config, "model.safetensors": saved.weights });
      assertEquals((await openCheckpoint(files, { name: "mine" })).model, model);
    }),
    { seed: 11, numRuns: 60 },
  );
});

Deno.test("what only we have is not called a GPT-2, and files of before it had a name are read", async () => {
  const config = makeConfig(SIZES);
  const saved = await saveModel(makeModel("mine", config, randomWeights(config, 1)), gpt2);
  assertEquals(saved.config.model_type, "transformer_spec", "it has a bias at the end");
  const { unembed_bias: _, ...before } = saved.config.transformer_spec as Record<string, unknown>;
  const { model } = await open({
    "config.json": { ...saved.config, model_type: "gpt2", transformer_spec: before },
    "model.safetensors": saved.weights,
  });
  assert(model.weights["unembed.b_U"]);
});

Deno.test("errors say in which folder", async () => {
  const none = openCheckpoint(filesOf({}), { folder: "mine" });
  const message = "In mine: Cannot read config.json: it is not there, among no file";
  await assertRejects(() => none, ModelFileError, message);
});
