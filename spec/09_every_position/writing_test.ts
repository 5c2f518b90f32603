import { assertEquals } from "@std/assert";
import { Decoder } from "../../mod.ts";
import * as models from "../../fixtures/mod.ts";
import { slide, write } from "./writing.ts";
import { ignorant } from "./subjects.ts";

Deno.test("a model that knows nothing writes the same with a past and without", async () => {
  const model = await ignorant.load();
  // Where all logits are alike, none is the largest: nothing to be relative to.
  assertEquals(await write(model, new Decoder(model)), { apart: NaN, written: 9, agreed: 9 });
  assertEquals(await write(model), { apart: NaN, written: 9, agreed: 9 });
});

Deno.test("a token's first key stays where no position was ever added to it", async () => {
  const nope = await models.trainedModel("nope/1").load();
  assertEquals(await slide(nope), { moved: 0, refused: false });
});
