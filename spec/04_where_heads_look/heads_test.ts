import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { zeroQueries } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { allNeeded, lookAt, sharpness } from "./heads.ts";

Deno.test("heads that ask nothing look at everything alike, as flat as can be", async () => {
  const model = zeroQueries.apply(await models.trainedModel("rotary/1").load());
  const { near, uniform, pieces, weights } = await lookAt(model);
  assertAlmostEquals(near, uniform, 1e-6, "no nearer than chance");
  assertEquals(pieces.length, weights.length, "a weight for each token of the sentence");
  for (const weight of weights) {
    assertAlmostEquals(weight, 1 / pieces.length, 1e-6, "each token's share");
  }
  const { trained, shuffled, biasOnly } = await sharpness([model]);
  for (const entropy of [...trained, ...shuffled, biasOnly]) {
    assertAlmostEquals(entropy, 1, 1e-5, "the largest entropy");
  }
  const { heads, before } = await allNeeded([model]);
  for (const { flattened, removed } of heads) {
    assertAlmostEquals(flattened, 0, 1e-6, "flat already");
    assertGreater(removed, before, "what it reads is missed all the same");
  }
});
