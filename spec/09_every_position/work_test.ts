import { assertAlmostEquals, assertEquals } from "@std/assert";
import { makeConfig } from "../../lib/model/mod.ts";
import { keptWork, work } from "./work.ts";

/** Vectors of one number: a position costs 4 products in a layer, and 1 for each logit. */
const config = makeConfig({
  ...{ n_layers: 2, d_model: 1, n_heads: 1, d_head: 1, d_vocab: 5, n_ctx: 3 },
  ...{ attn_only: true, positions: "none" },
});
const sizes = { config, rewrites: [] };

Deno.test("three positions are counted by hand", () => {
  // A pass over n: in each of two layers 4n and 2n^2 (scores and what they weigh), then 5n logits.
  const pass = (n: number) => 2 * (4 * n + 2 * n * n) + 5 * n;
  const { positions, separately, together } = work(sizes);
  assertEquals(positions, 3);
  assertAlmostEquals(separately, (pass(1) + pass(2) + pass(3)) / pass(3), 1e-12);
  // The first layer, 12 + 18; 3 keys and 3 values; and the last position's query and result, its
  // scores, what they weigh, and its logits.
  assertAlmostEquals(together, pass(3) / (12 + 18 + 6 + 2 + 3 + 3 + 5), 1e-12);
});

Deno.test("where each beginning goes on from the one before, all of them cost the one pass", () => {
  assertAlmostEquals(keptWork(sizes).separately, 1, 1e-12);
});
