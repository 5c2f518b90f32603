import "../../runtime/testing/give_back.ts";
import { assertEquals, assertGreater } from "@std/assert";
import { neighbouringRow } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { MOST_LOOKED_UP, oneHotLookup } from "./one_hot_lookup.ts";

Deno.test("a row that is looked up is the product with a one-hot vector, for every token", async () => {
  const model = smallModel();
  const { d_vocab } = model.config;
  assertEquals(await oneHotLookup(model), { apart: 0, tokens: d_vocab, d_vocab });
});

Deno.test("one row that is wrong is seen", async () => {
  const { apart } = await oneHotLookup(neighbouringRow(3).apply(smallModel()));
  assertGreater(apart, 0);
});

Deno.test("of a large vocabulary a part is looked up, the first tokens among them", async () => {
  const model = smallModel({ d_vocab: 3001, tied: true });
  const expected = { apart: 0, tokens: MOST_LOOKED_UP, d_vocab: 3001 };
  assertEquals(await oneHotLookup(model), expected, "no token twice");
  assertGreater((await oneHotLookup(neighbouringRow(1000).apply(model))).apart, 0);
});
