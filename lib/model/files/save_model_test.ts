import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { smallModel } from "../testing/small_models.ts";
import { gpt2, ModelFileError } from "../mod.ts";
import { readSafetensors } from "./safetensors.ts";
import { saveModel } from "./save_model.ts";
import { sha256 } from "./sha256.ts";

const MODEL = smallModel();

Deno.test("the same model is saved as the same bytes, with what a card needs of them", async () => {
  const saved = await saveModel(MODEL, gpt2);
  assertEquals((await saveModel(MODEL, gpt2)).weights, saved.weights, "bytes");
  assertEquals(saved.bytes, saved.weights.length, "length");
  assertEquals(saved.weights_sha256, await sha256(saved.weights), "hash");
  const { metadata } = readSafetensors(saved.weights);
  assertStrictEquals(metadata.get("format"), "pt", "without it Hugging Face's loader refuses");
});

Deno.test("a model with rewrites is not saved, since its files could not hold them", async () => {
  await assertRejects(
    () => saveModel({ ...MODEL, rewrites: [(_name, value) => value] }, gpt2),
    ModelFileError,
    "Cannot save learned 1: its files hold config and weights only, and this model has 1 rewrites",
  );
});
