import "../../lib/runtime/testing/give_back.ts";
import { assertEquals, assertGreater } from "@std/assert";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import { constantPattern, selfOnlyHeads } from "../../lib/model/sabotages/mod.ts";
import * as weights from "./weights.ts";

const model = smallModel({ n_layers: 2, positions: "learned" });

Deno.test("heads that look only at themselves are as local as their matrices", async () => {
  const local = await weights.throughWholeHeads(selfOnlyHeads.apply(model));
  assertEquals([local.others, local.apart], [0, 0]);
  assertGreater(local.self, 0);
  assertGreater(local.changed, 0);
  const mixing = await weights.throughWholeHeads(model);
  assertGreater(mixing.others, 0);
});

Deno.test("queries with a bias for each place do not change places", async () => {
  const { others, apart } = await weights.oneVectorAtATime(weights.placedQueries.apply(model));
  assertEquals(others, 0, "each query still comes from one vector");
  assertGreater(apart, 0);
});

Deno.test("between queries and what heads read nothing is learned; W_O lies right behind", () => {
  const found = { learned: [], parameters: 0, began: 6, starts: 6 };
  assertEquals(weights.learnedBetween(model), found);
  const behind = weights.learnedUpToOutput(model);
  assertEquals(behind.learned.toSorted(), ["blocks.0.attn.W_O", "blocks.1.attn.W_O"]);
  const { learned, began } = weights.learnedBetween(constantPattern.apply(model));
  assertEquals(learned.toSorted(), ["blocks.0.attn.W_pattern", "blocks.1.attn.W_pattern"]);
  assertEquals(began, 6, "scores are still computed, and thrown away but for their shape");
});

Deno.test("a window twice as long has as many rows more as it had", () => {
  const { n_ctx, d_model } = model.config;
  const { changed, allowed, now, then } = weights.inTwiceTheWindow(model);
  assertEquals([changed, allowed], [["pos_embed.W_pos"], ["pos_embed.W_pos"]]);
  assertEquals(then.total - now.total, n_ctx * d_model);
});

Deno.test("with more rows a table is the old one in its window; stretched it is not", async () => {
  assertEquals((await weights.inLongerWindow(model)).apart, 0);
  assertGreater((await weights.inSqueezedWindow(model)).apart, 0);
});
