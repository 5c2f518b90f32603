/** Queries and keys as one matrix, on models whose matrix is known by hand. */
import "../../runtime/testing/start.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import { collapsed } from "../../model/variants/collapse.ts";
import { makeConfig } from "../../model/config.ts";
import { makeModel, type Model } from "../../model/model.ts";
import { parameterShapes } from "../../model/params.ts";
import { gpt2Small } from "../../model/gpt2_small.ts";
import { normalisedQK, noRotation, sharedKeys } from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { run } from "../../runtime/run.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { Random } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { bestPairs, fitPair } from "./best_pair.ts";
import { queryKeyMatrix, rankOfHeads, scoresFromMatrices } from "./query_key.ts";
import { queryKeyCost } from "./query_key_cost.ts";
import { scoresApart } from "./scores_apart.ts";
import { scoresByDistance } from "./scores_by_distance.ts";
import { scoresOffLine } from "./scores_off_line.ts";

const TEXT = [1, 2, 3, 4, 0];

Deno.test.afterAll(releaseSessions);

/** One head, two wide in a stream of two, whose query is (x, y) + (1, 0) and whose key (x, 2y). */
function byHand(positions: "none" | "rotary" = "none"): Model {
  const config = makeConfig({
    n_layers: 1,
    d_model: 2,
    n_heads: 1,
    d_head: 2,
    d_vocab: 3,
    n_ctx: 5,
    positions,
    normalization: "none",
    attn_only: true,
  });
  const shapes = Object.entries(parameterShapes(config));
  const zeros = Object.fromEntries(shapes.map(([name, shape]) => [name, Tensor.full(shape)]));
  return makeModel("by hand", config, {
    ...zeros,
    "embed.W_E": Tensor.from([[1, 0], [0, 1], [2, 3]]),
    "blocks.0.attn.W_Q": Tensor.from([[[1, 0], [0, 1]]]),
    "blocks.0.attn.b_Q": Tensor.from([[1, 0]]),
    "blocks.0.attn.W_K": Tensor.from([[[1, 0], [0, 2]]]),
  });
}

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
  queryKeyMatrix(model, 0, 0, 2).data.forEach((value, i) => {
    assertAlmostEquals(value, expected[i], 1e-7, `cell ${i} at distance 2`);
  });
});

Deno.test("scores come from the matrices, and not from those of another distance", async () => {
  for (const model of [byHand(), byHand("rotary"), smallModel({ positions: "rotary" })]) {
    const text = TEXT.map((token) => token % model.config.d_vocab);
    assertLess(await scoresFromMatrices(model, text), 1e-6, model.name);
    const one = await scoresFromMatrices(model, text, (m, l, h) => queryKeyMatrix(m, l, h, 1));
    assertEquals(one > 0.1, model.config.positions === "rotary", `${model.name}: ${one}`);
  }
  const message = "plain or rotary required, ALiBi";
  const alibi = smallModel({ positions: "alibi" });
  await assertRejects(() => scoresFromMatrices(alibi, TEXT), RangeError, message);
});

Deno.test("a collapsed model runs as the model does, unless its positions turn", async () => {
  for (const model of oneOfEach()) {
    const { apart, weightsApart } = await scoresApart(model, collapsed(model), [TEXT]);
    const rotary = model.config.positions === "rotary";
    // Sums of eleven products, rounded at 6e-8 each.
    assertEquals(apart < 2e-6 && weightsApart < 2e-6, !rotary, `${model.name}: ${apart}`);
  }
  const turning = smallModel({ positions: "rotary" });
  const { apart } = await scoresApart(noRotation.apply(turning), collapsed(turning), [TEXT]);
  assertLess(apart, 2e-6, "one matrix is what is left with the rotation off");
  const unbiased = collapsed(smallModel(), { biases: false });
  assertGreater((await scoresApart(smallModel(), unbiased, [TEXT])).apart, 0.01, "biases count");
});

Deno.test("a model's scores are no way from its own; without attention there are none", async () => {
  const model = smallModel({ n_layers: 2 });
  assertEquals(await scoresApart(model, model, [TEXT]), { apart: 0, weightsApart: 0 }, "itself");
  const none = smallModel({ n_layers: 0 });
  await assertRejects(() => scoresApart(none, none, [TEXT]), RangeError, "has none");
});

Deno.test("scores go straight along a line of what asks, and bend once normalised", async () => {
  for (const model of [smallModel(), smallModel({ normalization: "none" })]) {
    const { off, moved } = await scoresOffLine(model, TEXT);
    assertLess(off, 1e-6, `${model.name} is straight`);
    assertGreater(moved, 0.1, `${model.name} was moved`);
    const bent = await scoresOffLine(normalisedQK.apply(model), TEXT);
    assertGreater(bent.off, 0.01, `${model.name} bends`);
  }
});

Deno.test("scores change with the distance as the turn does, and stay without it", async () => {
  const model = byHand("rotary");
  const { spread, byDistance } = await scoresByDistance(model, 1, 0, 5);
  // Query (1, 1), key (1, 0): cos d - sin d, over the square root of two.
  const expected = [1, 2, 3, 4].map((d) => (Math.cos(d) - Math.sin(d)) / Math.SQRT2);
  byDistance[0].forEach((x, i) => assertAlmostEquals(x, expected[i], 1e-6, `distance ${i + 1}`));
  const largest = Math.max(...expected.map(Math.abs));
  const width = Math.max(...expected) - Math.min(...expected);
  assertAlmostEquals(spread, width / largest, 1e-6, "the spread");
  assertLess((await scoresByDistance(noRotation.apply(model), 1, 0, 5)).spread, 1e-6, "off");
  const message = "a stream without positions are required, they are added to it";
  await assertRejects(() => scoresByDistance(smallModel(), 1, 0, 5), RangeError, message);
});

Deno.test("the scores of the model by hand are what its matrix says", async () => {
  const hook = "blocks.0.attn.hook_attn_scores";
  const scores = (await run(byHand(), [[2, 2]], { hooks: [hook] })).get(hook);
  // (2, 3): x x' + 2 y y' + x' = 4 + 18 + 2.
  assertAlmostEquals(scores.at(0, 0, 1, 0), 24 / Math.SQRT2, 1e-5, "the second asks for the first");
});

Deno.test("the best pair leaves what the smaller singular values hold", () => {
  const { values, missed } = bestPairs(Tensor.from([[0, 4, 0], [3, 0, 0], [0, 0, 0]]));
  assertEquals(values, [4, 3, 0], "singular values");
  assertEquals(missed, [1, 3 / 5, 0, 0], "nothing; without the 4; without either");
});

Deno.test("least squares from a random start comes as near as the best pair, and no nearer", () => {
  const W = new Random("full").normalTensor([7, 5]);
  const { missed } = bestPairs(W);
  for (const width of [1, 2, 4]) {
    const fitted = fitPair(W, width, 400);
    assertGreater(fitted, missed[width] * (1 - 1e-6), `width ${width}: no nearer`);
    assertLess(fitted, missed[width] * 1.01, `width ${width}: nearly there`);
  }
  assertLess(fitPair(W, 5, 5), 1e-5, "as wide as the matrix: nothing is missed");
});

Deno.test("heads have a rank of their own each, unless they share their keys", () => {
  const model = smallModel({ n_heads: 2 }); // two heads of 4, of 11 directions
  assertEquals(rankOfHeads(model, 0), 8, "two times four");
  assertEquals(rankOfHeads(sharedKeys.apply(model), 0), 4, "shared");
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
