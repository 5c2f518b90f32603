import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { modelOf } from "../../lib/circuits/testing/models.ts";
import { sentenceTokens } from "../../fixtures/texts/held_out.ts";
import { lookingBack } from "./looking_back.ts";

Deno.test("a head that looks at all alike looks back as often as chance has it", async () => {
  const { ids } = await sentenceTokens();
  const found = await lookingBack(
    modelOf({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 480, n_ctx: ids.length }),
  );
  const chance = ids.slice(1).map((_, i) => 1 / (i + 2));
  const mean = chance.reduce((sum, share) => sum + share) / chance.length;
  assertAlmostEquals(found.previous, mean, 1e-6, "one of two, of three, and so on");
  assertEquals(found.pattern.length, ids.length, "a row for each token");
  assertEquals(found.pattern[3], [1 / 4, 1 / 4, 1 / 4, 1 / 4], "up to its own, all alike");
});
