import { assertEquals, assertGreater } from "@std/assert";
import { selfOnlyHeads } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { slide, stay, write, writeForgetting } from "./writing.ts";
import { ignorant } from "./subjects.ts";

Deno.test("a model that knows nothing writes the same with a past and without", async () => {
  const model = await ignorant.load();
  // Where all logits are alike, none is the largest: nothing to be relative to.
  assertEquals(await write(model), { apart: NaN, written: 9, agreed: 9 });
  assertEquals(await writeForgetting(model), { apart: NaN, written: 9, agreed: 9 });
});

Deno.test("keys stay where neither a position nor another token was ever added", async () => {
  const nope = await models.trainedModel("nope/1").load();
  const { first, deeper } = await slide(nope);
  assertEquals(first, 0, "the first layer reads the tokens themselves");
  assertGreater(deeper, 0, "the second reads what looked at the token that is gone");
  const alone = { first: 0, deeper: 0, added: false };
  assertEquals(await slide(selfOnlyHeads.apply(nope)), alone);
});

Deno.test("nothing moves where the window stays", async () => {
  const learned = await models.trainedModel("learned/1").load();
  assertEquals(await stay(learned), { first: 0, deeper: 0, added: true });
});
