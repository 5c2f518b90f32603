import { assertEquals } from "@std/assert";
import { makeConfig } from "../../lib/model/mod.ts";
import { counted, withTwiceTheWords } from "./sizes.ts";

/** No MLP and no LayerNorm: what it learns can be counted by hand. */
const SIZES = { n_layers: 1, d_model: 4, n_heads: 2, d_head: 2, d_vocab: 11, n_ctx: 3 };
const BARE = { attn_only: true, normalization: "none", biases: false } as const;
const config = makeConfig({ ...SIZES, ...BARE });

Deno.test("a small model's parameters are those counted by hand", () => {
  const { parameters, inGraph, stream, largest } = counted({ config, rewrites: [] });
  // Embedding and unembedding 11 * 4 each, positions 3 * 4, and four matrices of 2 * 4 * 2.
  assertEquals([parameters.total, inGraph], [164, 164]);
  assertEquals([stream, largest], [3 * 4, "logits"]);
});

Deno.test("twice the vocabulary changes both ends, and a stream as wide as it changes all", () => {
  const alone = withTwiceTheWords({ config, rewrites: [] });
  assertEquals(alone.changed.toSorted(), ["embed.W_E", "logits", "unembed.W_U"]);
  assertEquals(alone.ends.toSorted(), alone.changed.toSorted());
  assertEquals(alone.hidden, 0);
  const logits = alone.sizes.at(-1)!;
  assertEquals([logits.once, logits.twice], [33e-6, 66e-6], "in millions");
  const wide = withTwiceTheWords({ config, rewrites: [] }, (c) => ({ ...c, d_model: c.d_vocab }));
  assertEquals(wide.changed.includes("blocks.0.hook_resid_pre"), true);
});
