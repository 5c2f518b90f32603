import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import * as models from "../../fixtures/mod.ts";
import { lossesOfPrefixes } from "./prefixes.ts";
import { ignorant, unmasked } from "./subjects.ts";

Deno.test("where all words are alike, each prediction costs ln d_vocab in any pass", async () => {
  const model = await ignorant.load();
  const { pieces, together, alone, apart } = await lossesOfPrefixes(model);
  assertEquals([together.length, alone.length], [pieces.length - 1, pieces.length - 1]);
  for (const loss of [...together, ...alone]) {
    assertAlmostEquals(loss, Math.log(model.config.d_vocab), 1e-9);
  }
  assertEquals(apart, 0);
});

Deno.test("the last beginning is the whole text, mask or no mask, and only that", async () => {
  const { together, alone } = await lossesOfPrefixes(await unmasked.load());
  assertGreater(Math.abs(together[0] - alone[0]), 0.1, "without a mask the first sees the rest");
});

Deno.test("a model that does not know the sentence's pieces gets tokens of its own", async () => {
  const { pieces } = await lossesOfPrefixes(await models.tiny.load());
  assertEquals(pieces.every((piece) => /^\d+$/.test(piece)), true);
});
