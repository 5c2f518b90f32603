/** What is found in models whose answer is known: writing, bending, reordering. */
import "../../runtime/testing/start.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import { makeConfig } from "../../model/config.ts";
import { makeModel } from "../../model/model.ts";
import { parameterShapes } from "../../model/params.ts";
import {
  fadingStream,
  noCausalMask,
  overwrittenStream,
  selfOnlyHeads,
} from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { releaseSessions, run } from "../../runtime/mod.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { maxAbs } from "../../tensor/compare.ts";
import { bend } from "./bend.ts";
import { reorderTokens, worthOfOrder } from "./token_order.ts";
import { writing } from "./writing.ts";

const TEXT = [1, 2, 3, 4, 0, 5];
const NO_BLOCK = smallModel({ n_layers: 0, positions: "none" });

Deno.test.afterAll(releaseSessions);

Deno.test("blocks add what they put out, and what a broken one takes away is seen", async () => {
  for (const model of [smallModel({ n_layers: 2 }), smallModel({ attn_only: true })]) {
    const { off, wrote } = await writing(model, [TEXT]);
    assertEquals(off, 0, `${model.name}: to the bit`);
    assertGreater(wrote, 0, `${model.name}: something`);
  }
  const pre = "blocks.0.hook_resid_pre";
  const largest = maxAbs((await run(smallModel(), [TEXT], { hooks: [pre] })).get(pre));
  for (const [share, sabotage] of [[1, overwrittenStream], [0.25, fadingStream(0.25)]] as const) {
    const { off } = await writing(sabotage.apply(smallModel()), [TEXT]);
    // The stream's numbers of about 1 are rounded twice on the way, at 6e-8 each.
    assertAlmostEquals(off, share * largest, 1e-6, `${share} of what came in`);
  }
  await assertRejects(() => writing(NO_BLOCK, [TEXT]), RangeError, "has no block");
});

Deno.test("what is linear does not bend, and the rest does by what is not held", async () => {
  const linear = smallModel({ attn_only: true, normalization: "none" });
  assertLess((await bend(selfOnlyHeads.apply(linear), TEXT)).bent, 1e-6, "a fixed pattern");
  for (const model of [linear, smallModel({ attn_only: true })]) {
    assertGreater(
      (await bend(model, TEXT)).bent,
      1e-3,
      "patterns and scales that follow the stream",
    );
    assertLess((await bend(model, TEXT, { held: true })).bent, 1e-6, "and that are held");
  }
  assertGreater((await bend(smallModel(), TEXT, { held: true })).bent, 1e-3, "an MLP still bends");
  await assertRejects(() => bend(NO_BLOCK, TEXT), RangeError, "has no block");
});

Deno.test("reordered tokens are compared in the new order and in the old", async () => {
  const same = await reorderTokens(smallModel(), TEXT, [0, 1, 2, 3, 4, 5]);
  assertEquals(same, { start: 0, everywhere: 0, moved: 0, last: 0, elsewhere: 0 }, "nothing moved");
  const order = [3, 0, 4, 1, 2, 5];
  const local = await reorderTokens(NO_BLOCK, TEXT, order);
  assertEquals([local.start, local.everywhere, local.last], [0, 0, 0], "tokens on their own");
  assertGreater(local.elsewhere, 0, "the others did move");
  assertEquals(local.moved, local.elsewhere, "and nothing else");
  for (const model of oneOfEach()) {
    const { start } = await reorderTokens(model, TEXT, order);
    const added = ["learned", "sinusoidal"].includes(model.config.positions);
    assertEquals(start > 0, added, `${model.name}: what is added to the stream at its start`);
  }
  const none = noCausalMask.apply(smallModel({ positions: "none" }));
  assertLess((await reorderTokens(none, TEXT, order)).everywhere, 5e-6, "but for rounding");
  await assertRejects(() => reorderTokens(NO_BLOCK, [1], [0]), RangeError, "two tokens");
});

Deno.test("the order of earlier tokens is worth nothing to a model that does not look", async () => {
  const rows = [[1, 2, 3, 4, 0], [4, 3, 1, 0, 2], [0, 0, 1, 2, 3]];
  const blind = await worthOfOrder(NO_BLOCK, rows);
  assertEquals([blind.worth, blind.error], [0, 0], "to the bit");
});

Deno.test("and what it is worth to one that does is worked out by hand", async () => {
  // A table of positions that singles out the first place, whose token the head copies: with two
  // words, the last token is the first one's other way round unless the first was moved.
  const sizes = { n_layers: 1, d_model: 3, n_heads: 1, d_vocab: 2, n_ctx: 4, d_head: 3 };
  const config = makeConfig({ ...sizes, normalization: "none", attn_only: true, biases: false });
  const given: Record<string, number[]> = {
    "embed.W_E": [1, 0, 0, 0, 1, 0],
    "pos_embed.W_pos": [0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "blocks.0.attn.W_Q": [1, 0, 0, 1, 0, 0, 0, 0, 0], // any word asks along the first coordinate
    "blocks.0.attn.W_K": [0, 0, 0, 0, 0, 0, 1, 0, 0], // which only the first place offers
    "blocks.0.attn.W_V": [1, 0, 0, 0, 1, 0, 0, 0, 0],
    "blocks.0.attn.W_O": [1, 0, 0, 0, 1, 0, 0, 0, 0],
    "unembed.W_U": [1, 0, 0, 1, 0, 0],
  };
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => [
    name,
    new Tensor(Float32Array.from(given[name]), shape),
  ]);
  const model = makeModel("first word", config, Object.fromEntries(weights));
  // Logits at the last place: one for its own word and one for the first. Where both are 0 they are
  // [2, 0]; where the first is 1 and the last 0 they are [1, 1].
  const sure = Math.log(1 + Math.exp(-2));
  const rows = Array.from({ length: 8 }, () => [0, 1, 0, 0]);
  const { ordered, worth } = await worthOfOrder(model, rows);
  assertAlmostEquals(ordered, sure, 1e-6, "the first word is the one that comes");
  // Some of the rows had their first two words exchanged: then two words are as likely.
  const moved = worth / (Math.LN2 - sure) * 8;
  assertAlmostEquals(moved, Math.round(moved), 1e-4, "a whole number of rows");
  assertGreater(moved, 0, "some were");
});
