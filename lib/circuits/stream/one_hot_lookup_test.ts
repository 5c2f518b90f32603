import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater } from "@std/assert";
import { neighbouringRow } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { oneHotLookup } from "./one_hot_lookup.ts";

Deno.test("a row that is looked up is the product with a one-hot vector, for every token", async () => {
  const model = smallModel();
  const { d_vocab } = model.config;
  assertEquals(await oneHotLookup(model), { apart: 0, tokens: d_vocab, d_vocab });
});

Deno.test("one row that is wrong is seen", async () => {
  const { apart } = await oneHotLookup(neighbouringRow(3).apply(smallModel()));
  assertGreater(apart, 0);
});
