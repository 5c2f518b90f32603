import "../../runtime/testing/give_back.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { modelOf } from "../testing/models.ts";
import { reorderTokens, worthOfOrder } from "./token_order.ts";

const TEXT = [1, 2, 3, 4, 0, 5];
const NO_BLOCK = smallModel({ n_layers: 0, positions: "none" });

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
  const copies = [[1, 0, 0], [0, 1, 0], [0, 0, 0]];
  const model = modelOf({
    ...{ n_layers: 1, d_model: 3, n_heads: 1, d_vocab: 2, n_ctx: 4, d_head: 3 },
    ...{ normalization: "none", attn_only: true, biases: false },
  }, {
    "embed.W_E": [[1, 0, 0], [0, 1, 0]],
    "pos_embed.W_pos": [[0, 0, 100], [0, 0, 0], [0, 0, 0], [0, 0, 0]],
    "blocks.0.attn.W_Q": [[1, 0, 0], [1, 0, 0], [0, 0, 0]], // any word asks along the first coordinate
    "blocks.0.attn.W_K": [[0, 0, 0], [0, 0, 0], [1, 0, 0]], // which only the first place offers
    "blocks.0.attn.W_V": copies,
    "blocks.0.attn.W_O": copies,
    "unembed.W_U": [[1, 0], [0, 1], [0, 0]],
  });
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
