import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import * as probes from "../../lib/circuits/mod.ts";
import { zeroQueries } from "../../lib/model/sabotages/mod.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as models from "../../fixtures/mod.ts";
import { chosenHeads, firstAndLast, lookAt, sharpness, sinkOf, sinkWithout } from "./heads.ts";

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
  assertEquals((await chosenHeads([model], [0, 2])).rotary, [], "where all are flat there is none");
});

Deno.test("a sink that is taken out is missed as where every head is taken out in turn", async () => {
  const model = smallModel({ d_vocab: 480, n_ctx: 60, positions: "none" });
  const { layer, head } = await sinkOf(model);
  const rows = probes.drawRepeatedTokens(model, 28, { rows: 2 });
  const all = await probes.ablateHeads(model, rows, ["zero", "mean"]);
  const i = layer * model.config.n_heads + head;
  const { silenced, averaged } = await sinkWithout(model, "repeated");
  assertAlmostEquals(silenced, all.zero[i].kl, 1e-9);
  assertAlmostEquals(averaged, all.mean[i].kl, 1e-9);
});

Deno.test("a single model is as sharp as fresh weights where it is such", async () => {
  const model = await models.beforeTraining(models.trainedModel("learned/1")).load();
  const { trained: [entropy], before, shuffled, apart } = await sharpness([model]);
  assertGreater(entropy + apart, before, "no sharper than three other draws are apart");
  assertGreater(entropy + apart, Math.min(...shuffled), "nor than its own numbers in other orders");
});
