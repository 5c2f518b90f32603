import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { zeroQueries } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { chosenHeads, firstAndLast, lookAt, sharpness, sinkOf } from "./heads.ts";

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
  const { first, last } = await firstAndLast(model);
  assertEquals([first.length, last.length], [4, 4], "the heads of two layers");
  const { all, number, inRotary, inAlibi } = await chosenHeads([model], [0.9, 2]);
  assertEquals([number, inRotary, inAlibi], [8, 8, 0], "all of them are flat");
  for (const { flattened, removed } of all) {
    assertAlmostEquals(flattened, 0, 1e-6, "flat already");
    assertGreater(removed, 1e-4, "what it reads is missed all the same");
  }
  // A position in the middle of the text gives each of some forty places its share.
  const { onProse } = await sinkOf(model);
  assertGreater(onProse, 1 / 60, "the first token's share at the last position");
  assertLess(onProse, 1 / 20, "and at the first that is counted");
});

Deno.test("the middle head is told from the others of its model", async () => {
  const model = await models.trainedModel("rotary/1").load();
  const { all, removed, rotary, elsewhere } = await chosenHeads([model], [0.9, 1]);
  const costs = all.map((head) => head.removed).toSorted((a, b) => a - b);
  assertEquals(removed, [costs[0]], "its only flat head is the one that is missed least");
  assertEquals(rotary, [costs[0] / costs[4]], "beside the fourth of the seven others");
  assertEquals(elsewhere, [], "no other model");
});
