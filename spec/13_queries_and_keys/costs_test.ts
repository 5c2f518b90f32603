import { assertEquals, assertThrows } from "@std/assert";
import { makeConfig } from "../../lib/model/mod.ts";
import { costs, pairIsCheaper } from "./costs.ts";
import { gpt2Sizes, wideHead } from "./subjects.ts";

Deno.test("two thin matrices are cheaper than a square one, two wide ones are not", async () => {
  const sizes = { n_layers: 1, d_model: 8, n_heads: 4, d_head: 2, d_vocab: 5, n_ctx: 4 };
  const found = costs({ config: makeConfig(sizes), rewrites: [] });
  assertEquals([found.pair, found.one], [2 * 8 * 2, 8 * 8], "numbers of a head");
  pairIsCheaper(found);
  const wide = costs(await wideHead(2).load());
  assertEquals(wide.pair, wide.one, "half as wide, nothing is saved");
  assertThrows(() => pairIsCheaper(wide), "parameters of a head");
});

Deno.test("what is known of GPT-2 small is held against what is counted", async () => {
  const found = costs(await gpt2Sizes.load());
  pairIsCheaper(found);
  const known = { ...found.known, cache: 1 };
  assertThrows(() => pairIsCheaper({ ...found, known }), "what is known of GPT-2 small");
});
