/** On models whose W_QK is known by hand. */
import "../../lib/runtime/testing/give_back.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { lossByPosition } from "../../lib/circuits/mod.ts";
import { modelOf } from "../../lib/circuits/testing/models.ts";
import { changeWeights, makeConfig, makeModel, randomWeights } from "../../lib/model/mod.ts";
import { zeroQueries } from "../../lib/model/sabotages/mod.ts";
import { mean } from "../../lib/tensor/mod.ts";
import { heldOutRows } from "../../fixtures/texts/held_out.ts";
import { cuts, ranks } from "./ranks.ts";

const SIZES = { n_layers: 1, d_model: 8, n_heads: 1, d_head: 4, d_vocab: 480, n_ctx: 6 };

Deno.test("a head has as many directions as it stretches, its first ones most", () => {
  const { d_head, ranks: found, spectrum, missed } = ranks(modelOf({ ...SIZES, d_model: 3 }, {
    "blocks.0.attn.W_Q": [[2, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]],
    "blocks.0.attn.W_K": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]],
  }));
  assertEquals([d_head, ...found], [4, 2], "two of them");
  assertEquals(spectrum, [1, 1 / 2, 0], "by two, by one, not at all");
  assertEquals(missed, { least: 0, most: 0 }, "a pair misses nothing");
});

Deno.test("of a large model some heads are asked, from the first to the last", () => {
  const config = makeConfig({ ...SIZES, n_layers: 3, n_heads: 2 });
  const model = makeModel("large", config, randomWeights(config, 1));
  // Of another rank than the rest: without keys, and with one direction less than a head is wide.
  const changed = changeWeights(model.weights, /^blocks\.[02]\.attn\.[Wb]_K$/, (x, name) => {
    const width = name.includes(".0.") ? 2 : 3;
    return x.map((value, i) => i % 4 < width ? value : 0);
  });
  const found = (work?: number) => ranks({ ...model, weights: changed }, work).ranks;
  assertEquals(found(), [2, 2, 4, 4, 3, 3], "every one of a small model");
  assertEquals(found(3 * 8 ** 3), [2, 4, 3]);
  assertEquals(found(1), [2, 3], "two at least");
});

Deno.test("cut to nothing a model looks at all alike, and at its rank it is itself", async () => {
  const config = makeConfig({ ...SIZES, normalization: "none" });
  const model = makeModel("cut", config, randomWeights(config, 1));
  const rows = await heldOutRows({ rows: 6, length: 6 });
  const lossOf = async (each: typeof model) => mean(await lossByPosition(each, rows));
  const found = await cuts(model);
  assertEquals(found.ranks, [0, 1, 2, 4], "no more than a head is wide");
  assertAlmostEquals(found.losses[0], await lossOf(zeroQueries.apply(model)), 1e-6, "alike");
  assertAlmostEquals(found.losses[3], await lossOf(model), 1e-6, "itself");
  const others = await cuts(model, "others");
  assertAlmostEquals(others.losses[0], found.losses[3], 1e-6, "all others than none are all");
  assert(others.lostAtHalf !== found.lostAtHalf, "the others are others");
});
