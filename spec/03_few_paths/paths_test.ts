import "../../lib/runtime/testing/give_back.ts";
import { assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { averages } from "../../lib/circuits/testing/models.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as models from "../../fixtures/mod.ts";
import * as paths from "./paths.ts";

Deno.test("paths and parts of averages sum to the logits, and not with some left out", async () => {
  const all = await paths.sumOfPaths()(averages(2));
  assertEquals(all.paths, 8, "four from the embedding, four from biases");
  assertLess(all.apart, 1e-6);
  for (const without of ["least", "biases"] as const) {
    assertGreater((await paths.sumOfPaths(without)(averages(2))).apart, 1e-3, without);
  }
  assertLess((await paths.sumOfParts()(averages(2))).apart, 1e-6);
  assertGreater((await paths.sumOfParts("last head")(averages(2))).apart, 1e-3);
});

Deno.test("1 below shuffles that span 2 is half of what they differ by", () => {
  assertAlmostEquals(paths.belowShuffles({ trained: 4, shuffled: [7, 5, 6] }), 1 / 2, 1e-12);
});

Deno.test("of one layer with one head, its path is all that there is", async () => {
  const alone = smallModel({ attn_only: true, n_heads: 1, d_vocab: 480, n_ctx: 32 });
  const { share, shareOfOthers, past, others } = await paths.onProse()(alone);
  assertAlmostEquals(share, 1, 1e-5);
  assertAlmostEquals(shareOfOthers, 0, 1e-5);
  assertAlmostEquals(past, others, 1e-5);
});

Deno.test("induction by hand reads the token as it was embedded: no pair of heads adds to that", async () => {
  const { itself, before, all, share } = await paths.lookingUp()(
    await models.inductionByHand.load(),
  );
  assertAlmostEquals(share, 1, 1e-3);
  assertAlmostEquals(itself, all, 1e-3);
  assertAlmostEquals(before, all, 1e-3);
});
