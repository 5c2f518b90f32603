/** Queries and keys as one matrix, on models whose matrix is known by hand. */
import "../../runtime/testing/give_back.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import memoize from "memoize";
import { collapsedOV, gpt2Small } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, range } from "../../tensor/mod.ts";
import { fullRankQK, normalisedQK, noRotation, sharedKeys } from "../../model/sabotages/mod.ts";
import { LLAMA, oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { cutQK, queryKeySpectra } from "./cut_qk.ts";
import { outputSpectra, scoreSpectra } from "./low_rank.ts";
import { modelOf } from "../testing/models.ts";
import { queryKeyMatrix, rankOfHeads, scoresFromMatrices } from "./query_key.ts";
import { queryKeyCost } from "./query_key_cost.ts";
import { scoreDifference, writtenDifference } from "./score_difference.ts";
import { scoreSymmetry } from "./score_symmetry.ts";
import { scoresByDistance } from "./scores_by_distance.ts";
import { scoreLinearity } from "./score_linearity.ts";

const TEXT = [1, 2, 3, 4, 0];

/** One head, two wide in a stream of two, whose query is (x, y) + (1, 0) and whose key (x, 2y). */
const byHand = memoize((positions: "none" | "rotary" = "none") =>
  modelOf({
    ...{ n_layers: 1, d_model: 2, n_heads: 1, d_head: 2, d_vocab: 3, n_ctx: 5, positions },
    ...{ normalization: "none", attn_only: true },
  }, {
    "embed.W_E": [[1, 0], [0, 1], [2, 3]],
    "blocks.0.attn.W_Q": [[1, 0], [0, 1]],
    "blocks.0.attn.b_Q": [1, 0],
    "blocks.0.attn.W_K": [[1, 0], [0, 2]],
  })
);

Deno.test("W_QK is W_Q W_K^T with the biases on a coordinate of their own", () => {
  // (x + 1, y) . (x', 2 y') = x x' + 2 y y' + x'.
  const expected = [[1, 0, 0], [0, 2, 0], [1, 0, 0]];
  assertEquals(queryKeyMatrix(byHand(), 0, 0).toNested(), expected, "by hand");
  assertEquals(queryKeyMatrix(byHand(), 0, 0, 3).toNested(), expected, "at any distance");
});

Deno.test("with rotary positions the turn between key and query is part of the matrix", () => {
  const model = byHand("rotary");
  assertEquals(queryKeyMatrix(model, 0, 0).toNested(), [[1, 0, 0], [0, 2, 0], [1, 0, 0]], "none");
  // The one pair turns by 1 for each position: W_Q T(-d) W_K^T, T(a) = [cos, -sin; sin, cos].
  const [c, s] = [Math.cos(2), Math.sin(2)];
  const expected = [[c, 2 * s, 0], [-s, 2 * c, 0], [c, 2 * s, 0]].flat();
  assertClose(queryKeyMatrix(model, 0, 0, 2).data, expected, 1e-7, "at distance 2");
});

Deno.test("scores come from the matrices, and not from those of another distance", async () => {
  const yarn = { type: "yarn", factor: 4, beta_fast: 32, beta_slow: 1 } as const;
  const position_scaling = { ...yarn, attention_factor: 1.2, original_n_ctx: 64 };
  const models = [
    ...[byHand(), byHand("rotary"), smallModel({ positions: "rotary" })],
    ...[smallModel(LLAMA), smallModel({ ...LLAMA, position_scaling, position_step: 0.5 })],
  ];
  for (const model of models) {
    const text = TEXT.map((token) => token % model.config.d_vocab);
    assertLess(await scoresFromMatrices(model, text), 1e-6, model.name);
    const one = await scoresFromMatrices(model, text, (m, l, h) => queryKeyMatrix(m, l, h, 1));
    assertEquals(one > 0.1, model.config.positions === "rotary", `${model.name}: ${one}`);
  }
  const message = "plain or rotary required, ALiBi";
  const alibi = smallModel({ positions: "alibi" });
  await assertRejects(() => scoresFromMatrices(alibi, TEXT), RangeError, message);
});

Deno.test("a model's scores are no way from its own; without attention there are none", async () => {
  const model = smallModel({ n_layers: 2 });
  assertEquals(
    await scoreDifference(model, model, [TEXT]),
    { apart: 0, weightsApart: 0 },
    "itself",
  );
  const none = smallModel({ n_layers: 0 });
  await assertRejects(() => scoreDifference(none, none, [TEXT]), RangeError, "has none");
});

Deno.test("scores go straight along a line of what asks, and bend once normalised", async () => {
  // What asks turns little, near to where it stands, in the last of them.
  const narrow = smallModel({ d_model: 4, n_heads: 2, d_head: 2, d_mlp: 8 }, 10);
  for (const model of [smallModel(), smallModel({ normalization: "none" }), narrow]) {
    const { fromLinear, moved } = await scoreLinearity(model, TEXT);
    assertLess(fromLinear, 1e-6, `${model.name} is straight`);
    assertGreater(moved, 0.1, `${model.name} was moved`);
    const bent = await scoreLinearity(normalisedQK.apply(model), TEXT);
    assertGreater(bent.fromLinear, 0.1, `${model.name} bends`);
  }
});

Deno.test("scores change with the distance as the turn does, and stay without it", async () => {
  const model = byHand("rotary");
  const found = await scoresByDistance(model, 1, 0, 5);
  // Query (1, 1), key (1, 0): cos d - sin d, over the square root of two.
  const expected = [1, 2, 3, 4].map((d) => (Math.cos(d) - Math.sin(d)) / Math.SQRT2);
  assertClose(found.byDistance[0], expected, 1e-6, "by distance");
  const largest = max(expected.map(Math.abs));
  assertClose([found.range], [range(expected) / largest], 1e-6, "the range");
  assertLess((await scoresByDistance(noRotation.apply(model), 1, 0, 5)).range, 1e-6, "off");
  const message = "a stream without positions are required, they are added to it";
  await assertRejects(() => scoresByDistance(smallModel(), 1, 0, 5), RangeError, message);
});

Deno.test("the scores of the model by hand are what its matrix says", async () => {
  const hook = "blocks.0.attn.hook_attn_scores";
  const scores = (await run(byHand(), [[2, 2]], { hooks: [hook] })).get(hook);
  // (2, 3): x x' + 2 y y' + x' = 4 + 18 + 2.
  assertClose([scores.at(0, 0, 1, 0)], [24 / Math.SQRT2], 1e-5, "the second asks for the first");
});

Deno.test("heads have a rank of their own each, unless they share their keys", () => {
  const model = smallModel({ n_heads: 2 }); // two heads of 4, of 11 directions
  assertEquals(rankOfHeads(model, 0), 8, "two times four");
  assertEquals(rankOfHeads(sharedKeys.apply(model), 0), 4, "shared");
  assertEquals(rankOfHeads(smallModel({ ...LLAMA, positions: "none" }), 0), 8, "six of two groups");
  assertEquals(rankOfHeads(byHand(), 0), 2, "by hand");
});

Deno.test("the cost of GPT-2 small's heads is what its sizes say", () => {
  assertEquals(queryKeyCost(gpt2Small), {
    pair: 2 * 768 * 64,
    one: 768 * 768,
    pairScore: 64,
    oneScore: 768,
    cache: 2 * 768,
    cacheStream: 768,
    cacheEachHead: 12 * 768,
  });
});

Deno.test("scores have as many singular values as d_head, and the rest is rounding", async () => {
  const text = [1, 2, 3, 4, 0, 7, 9];
  for (const model of oneOfEach()) { // d_head is 4
    for (const values of await scoreSpectra(model, text)) {
      assertEquals([values.length, values[0]], [7, 1], "relative to the largest");
      assertGreater(values[3], 1e-3, `${model.name}: the fourth`);
      assertLess(values[4], 1e-6, `${model.name}: the fifth`);
    }
  }
  const [full] = await scoreSpectra(fullRankQK.apply(smallModel()), text);
  assertGreater(full[4], 1e-3, "a full W_QK has a fifth");
  const message = "more than d_head = 4 different tokens and coordinates are required, got 2";
  await assertRejects(() => scoreSpectra(smallModel(), [1, 1, 1, 1, 1, 2]), RangeError, message);
});

Deno.test("a head writes in d_head directions at most, and those of a layer in as many each", async () => {
  const text = [1, 2, 3, 4, 0, 7, 9, 2]; // d_head is 4, and three heads share a stream of 8
  for (const model of oneOfEach()) {
    const { heads, layers } = await outputSpectra(model, text);
    assertEquals(heads.length, 3 * layers.length, "three heads in each layer");
    for (const values of heads) {
      assertGreater(values[3], 1e-3, `${model.name}: the fourth`);
      assertLess(values[4], 1e-6, `${model.name}: the fifth`);
    }
    for (const values of layers) assertGreater(values[4], 1e-3, `${model.name}: all together`);
  }
  const message = "more than d_head = 4 tokens and coordinates are required, got 2";
  await assertRejects(() => outputSpectra(smallModel(), [1, 2]), RangeError, message);
});

Deno.test("a full W_QK is its own matrix, and queries that are keys make a symmetric one", () => {
  const full = smallModel({ query_key: "full" });
  const W_QK = full.weights["blocks.0.attn.W_QK"].get(1);
  assertEquals(queryKeyMatrix(full, 0, 1).at(2, 3), W_QK.at(2, 3), "the parameter");
  assertEquals(queryKeyMatrix(full, 0, 1).at(10, 3), 0, "no bias");
  const same = queryKeyMatrix(smallModel({ query_key: "same" }), 0, 1);
  assertEquals(same.transpose(1, 0), same, "symmetric");
});

Deno.test("W_QK stretches as many directions as there are, the most stretched first", () => {
  const [{ S, V }] = queryKeySpectra(byHand()); // [1, 0, 0; 0, 2, 0; 1, 0, 0]
  assertClose(S, [2, Math.SQRT2, 0], 1e-12, "y by two, x to the first and the last coordinate");
  assertClose([...V.data].map(Math.abs), [0, 1, 0, 1, 0, 0, 0, 0, 1], 1e-6, "in columns");
  assertEquals(queryKeySpectra(byHand()), queryKeySpectra(byHand()), "worked out once");
});

Deno.test("a W_QK cut down keeps what it stretches most, or the rest, and all of it is the model", async () => {
  // Of the model by hand [1, 0, 0; 0, 2, 0; 1, 0, 0] keeps y's direction first, then that of x.
  const first = queryKeyMatrix(cutQK(byHand(), 1), 0, 0);
  assertClose(first.data, [0, 0, 0, 0, 2, 0, 0, 0, 0], 1e-6, "the largest");
  const others = queryKeyMatrix(cutQK(byHand(), 1, "others"), 0, 0);
  assertClose(others.data, [1, 0, 0, 0, 0, 0, 1, 0, 0], 1e-6, "the others");
  const grouped = smallModel({ ...LLAMA, positions: "none" });
  for (const model of [smallModel(), smallModel({ query_key: "full" }), grouped]) {
    const { apart } = await scoreDifference(model, cutQK(model, 11), [TEXT]);
    assertLess(apart, 1e-5, "nothing is cut");
    const [, , { S: values }] = queryKeySpectra(cutQK(model, 2));
    assertLess(values[2], 1e-5 * values[0], "rank two");
    assertGreater((await scoreDifference(model, cutQK(model, 2), [TEXT])).apart, 0.01, "cut");
  }
  const message = "Cannot cut W_QK: a pair or one matrix is required, got rotary positions";
  assertThrows(() => cutQK(smallModel({ positions: "rotary" }), 1), RangeError, message);
});

Deno.test("what heads write comes from W_V and W_O as from the one W_OV, whatever the positions", async () => {
  for (const model of oneOfEach()) {
    const apart = await writtenDifference(model, collapsedOV(model), [TEXT]);
    assertLess(apart, 2e-6, model.name);
  }
  const unbiased = collapsedOV(smallModel(), { biases: false });
  assertGreater(await writtenDifference(smallModel(), unbiased, [TEXT]), 0.01, "biases count");
  const none = smallModel({ n_layers: 0 });
  await assertRejects(() => writtenDifference(none, none, [TEXT]), RangeError, "has none");
});

Deno.test("scores have a direction, and may exceed both positions' own, unless queries are keys", async () => {
  // By hand: of tokens (1, 0) and (0, 1) the first asks the second for 0 and is asked for 1.
  const { oneWay, beyondSelf } = await scoreSymmetry(byHand(), [0, 1]);
  assertAlmostEquals(oneWay, 1 / 2, 1e-6, "scores [2, 0; 1, 2]");
  assertAlmostEquals(beyondSelf, 0, 1e-6, "each its own most");
  const same = await scoreSymmetry(smallModel({ query_key: "same" }), TEXT);
  assertLess(Math.max(same.oneWay, same.beyondSelf), 1e-6, "queries that are keys");
  const pair = await scoreSymmetry(smallModel({ positions: "alibi" }), TEXT);
  assertGreater(Math.min(pair.oneWay, pair.beyondSelf), 0.1, "a pair");
  const none = smallModel({ n_layers: 0 });
  await assertRejects(() => scoreSymmetry(none, TEXT), RangeError, "attention is required");
});
