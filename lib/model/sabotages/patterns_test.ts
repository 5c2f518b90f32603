/** What each sabotage of the patterns does, beside the numbers that it should give. */
import "../../runtime/testing/start.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Activations, releaseSessions } from "../../runtime/mod.ts";
import { runAll } from "../../runtime/testing/run_all.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { buildGraph } from "../graph/build.ts";
import type { Model } from "../model.ts";
import type { Sabotage } from "./sabotage.ts";
import { SCHEMES, smallModel } from "../testing/small_models.ts";
import * as catalogue from "./patterns.ts";

const SOUND = smallModel();
const OPEN = smallModel({ causal: false });
const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];
const SCORES = "blocks.0.attn.hook_attn_scores";
const PATTERN = "blocks.0.attn.hook_pattern";

let sound: Activations;
Deno.test.beforeAll(async () => {
  sound = await runAll(SOUND, TOKENS);
});
Deno.test.afterAll(releaseSessions);

function broken(sabotage: Sabotage, model: Model = SOUND): Promise<Activations> {
  return runAll(sabotage.apply(model), TOKENS);
}

/** The rows of a [2, 3, 5, 5] hook, each with its query. */
function rows(x: Tensor): { query: number; row: number[] }[] {
  return Array.from({ length: 30 }, (_, i) => {
    return { query: i % 5, row: [...x.data.subarray(5 * i, 5 * i + 5)] };
  });
}

const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);

Deno.test("hard maximum attention gives all to the highest score", async () => {
  const { hardAttention } = catalogue;
  const scores = rows(sound.get(SCORES));
  for (const [i, { row }] of rows((await broken(hardAttention)).get(PATTERN)).entries()) {
    const best = Math.max(...scores[i].row);
    assertEquals(row, scores[i].row.map((score) => score === best ? 1 : 0), `row ${i}`);
  }
  const alike = catalogue.blankQueries.apply(smallModel({ causal: false, positions: "none" }));
  const shared = (await broken(hardAttention, alike)).get(PATTERN);
  assert(shared.data.every((weight) => weight === Math.fround(0.2)), "five alike share it");
});

Deno.test("without softmax the weights are the scores, and zero where it is forbidden", async () => {
  const scores = rows(sound.get(SCORES));
  const found = rows((await broken(catalogue.withoutSoftmax)).get(PATTERN));
  for (const [i, { row }] of found.entries()) {
    assertEquals(row, scores[i].row.map((score) => score === -Infinity ? 0 : score), `row ${i}`);
  }
});

Deno.test("a larger budget is one by a thousandth", async () => {
  for (const { row } of rows((await broken(catalogue.largerBudget)).get(PATTERN))) {
    assertAlmostEquals(sum(row), 1.001, 1e-6, "the sum of the weights");
  }
});

Deno.test("an extra one in the denominator takes its share of the budget", async () => {
  const scores = rows(sound.get(SCORES));
  const found = rows((await broken(catalogue.softmaxPlusOne)).get(PATTERN));
  for (const [i, { row }] of found.entries()) {
    const weights = scores[i].row.map(Math.exp);
    for (const [key, weight] of row.entries()) {
      assertAlmostEquals(weight, weights[key] / (1 + sum(weights)), 1e-6, `row ${i}, key ${key}`);
    }
  }
});

Deno.test("heads that sum have as many times the weight as they see places", async () => {
  const found = (await broken(catalogue.summingHeads)).get(PATTERN);
  for (const { query, row } of rows(found)) {
    assertAlmostEquals(sum(row), query + 1, 1e-5, `query ${query}`);
  }
  const open = (await broken(catalogue.summingHeads, OPEN)).get(PATTERN);
  for (const { row } of rows(open)) assertAlmostEquals(sum(row), 5, 1e-5, "without a mask");
});

Deno.test("heads that ask nothing weigh everything alike, but for ALiBi's bias", async () => {
  for (const positions of SCHEMES) {
    const { blankQueries } = catalogue;
    const found = (await broken(blankQueries, smallModel({ positions }))).get(PATTERN);
    for (const { query, row } of rows(found)) {
      const apart = Math.max(...row.slice(0, query + 1)) - Math.min(...row.slice(0, query + 1));
      assertEquals(
        apart > 1e-6,
        positions === "alibi" && query > 0,
        `${positions}, query ${query}`,
      );
    }
  }
});

Deno.test("shuffled queries and keys have their numbers in other places, and nothing else moves", () => {
  const { weights } = catalogue.shuffledQK.apply(SOUND);
  for (const [name, x] of Object.entries(weights)) {
    const moved = /W_[QK]$/.test(name);
    assertEquals(`${x.data}` !== `${SOUND.weights[name].data}`, moved, name);
    assertEquals(x.data.toSorted(), SOUND.weights[name].data.toSorted(), `the numbers of ${name}`);
  }
});

Deno.test("scores without the root are as many times as large, and ALiBi's bias as it was", async () => {
  const results = await Promise.all([
    broken(catalogue.unscaledScores),
    runAll(smallModel({ positions: "alibi" }), TOKENS),
    broken(catalogue.unscaledScores, smallModel({ positions: "alibi" })),
  ]);
  const [plain, alibi, unscaled] = results.map((result) => result.get(SCORES).at(0, 0, 4, 1));
  assertAlmostEquals(plain, 2 * sound.get(SCORES).at(0, 0, 4, 1), 1e-6, "d_head is 4");
  const penalty = 3 * 2 ** -4; // three places apart, and the first of three heads has a slope of 1/16
  assertAlmostEquals(unscaled + penalty, 2 * (alibi + penalty), 1e-5, "with ALiBi");
});

Deno.test("a W_QK of full rank adds a tenth of how alike two positions read", async () => {
  const found = (await broken(catalogue.fullRankQK)).get(SCORES);
  const x = sound.get("blocks.0.ln1.hook_normalized");
  for (const [query, key] of [[2, 0], [4, 4]]) {
    const alike = sum([...x.get(1, query).data].map((value, i) => value * x.at(1, key, i)));
    const expected = sound.get(SCORES).at(1, 2, query, key) + 0.1 * alike / 2; // d_head is 4
    assertAlmostEquals(found.at(1, 2, query, key), expected, 1e-6, `${query}, ${key}`);
  }
  const bare = smallModel({ normalization: "none" });
  const other = (await broken(catalogue.fullRankQK, bare)).get(SCORES).at(0, 0, 3, 3);
  const before = (await runAll(bare, TOKENS)).get(SCORES).at(0, 0, 3, 3);
  assert(other > before, "without LayerNorm it reads the stream, which is like itself");
});

Deno.test("bent values have no negative number", async () => {
  const hook = "blocks.0.attn.hook_v";
  const expected = sound.get(hook).map((x) => Math.max(0, x));
  assertSameBits((await broken(catalogue.bentValues)).get(hook), expected, "a ReLU");
});

Deno.test("a constant pattern is the same for every text, differs between heads and heeds the mask", async () => {
  const found = (await broken(catalogue.constantPattern)).get(PATTERN);
  assertSameBits(found.get(0), found.get(1), "two texts");
  assert(`${found.get(0, 0).data}` !== `${found.get(0, 1).data}`, "two heads");
  for (const { query, row } of rows(found)) {
    for (const [key, weight] of row.entries()) {
      assertEquals(weight > 0, key <= query, `query ${query}, key ${key}`);
    }
  }
  const open = (await broken(catalogue.constantPattern, OPEN)).get(PATTERN);
  assert(open.data.every((weight) => weight > 0), "without a mask nothing is forbidden");
});

Deno.test("a constant pattern has a table whose size is the window's", () => {
  const { config, rewrites } = catalogue.constantPattern.apply(SOUND);
  const shapeAt = (n_ctx: number) =>
    buildGraph({ config: { ...config, n_ctx }, rewrites }).find("blocks.0.attn.W_pattern")?.shape;
  assertEquals([shapeAt(8), shapeAt(12)], [[3, 8, 8], [3, 12, 12]], "[n_heads, n_ctx, n_ctx]");
});
