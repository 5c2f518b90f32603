/** What each sabotage of the patterns does, beside the numbers that it should give. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  activations,
  assertSeen,
  broken,
  hook0,
  patternRows,
  SOUND,
} from "../../runtime/testing/broken.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { sum } from "../../tensor/statistics.ts";
import { buildGraph } from "../graph/build.ts";
import { smallModel } from "../testing/small_models.ts";
import * as pattern from "./pattern.ts";
import { zeroQueries } from "./queries_and_keys.ts";
import type { Sabotage } from "./sabotage.ts";

const OPEN = smallModel({ causal: false });
const PATTERN = hook0("attn.hook_pattern");

/** The rows of the pattern of a broken model. */
async function rowsOf(sabotage: Sabotage, model = SOUND) {
  return patternRows((await broken(sabotage, model)).get(PATTERN));
}

/** What a row of sound scores, -Infinity where the mask forbids, becomes under each sabotage. */
const FROM_SCORES: Record<string, [Sabotage, (scores: number[]) => number[]]> = {
  "hard maximum attention gives all to the highest score": [
    pattern.hardAttention,
    (scores) => scores.map((score) => score === Math.max(...scores) ? 1 : 0),
  ],
  "without softmax the weights are the scores, and zero where it is forbidden": [
    pattern.withoutSoftmax,
    (scores) => scores.map((score) => score === -Infinity ? 0 : score),
  ],
  "an extra one in the denominator takes its share of the budget": [
    pattern.softmaxPlusOne,
    (scores) => scores.map((score) => Math.exp(score) / (1 + sum(scores.map(Math.exp)))),
  ],
};

for (const [what, [sabotage, expected]] of Object.entries(FROM_SCORES)) {
  Deno.test(what, async () => {
    const scores = patternRows((await activations(SOUND)).get(hook0("attn.hook_attn_scores")));
    // The exponentials are rounded at 6e-8; the others are the scores to the bit.
    const rounding = sabotage === pattern.softmaxPlusOne ? 1e-6 : 0;
    for (const [i, { row }] of (await rowsOf(sabotage)).entries()) {
      expected(scores[i].row).forEach((weight, key) =>
        assertAlmostEquals(row[key], weight, rounding, `row ${i}, key ${key}`)
      );
    }
  });
}

Deno.test("hard maximum attention is shared by places that score alike", async () => {
  const alike = zeroQueries.apply(smallModel({ causal: false, positions: "none" }));
  const shared = (await broken(pattern.hardAttention, alike)).get(PATTERN);
  assert(shared.data.every((weight) => weight === Math.fround(0.2)), "five alike share it");
});

Deno.test("heads that look only at themselves read their own value", async () => {
  for (const { query, row } of await rowsOf(pattern.selfOnlyHeads)) {
    assertEquals(row, row.map((_, key) => key === query ? 1 : 0), `query ${query}`);
  }
  const result = await broken(pattern.selfOnlyHeads);
  assertSameBits(result.get(hook0("attn.hook_z")), result.get(hook0("attn.hook_v")), "z is v");
});

Deno.test("a larger budget is one by a thousandth", async () => {
  for (const { row } of await rowsOf(pattern.largerBudget)) {
    assertAlmostEquals(sum(row), 1.001, 1e-6, "the sum of the weights");
  }
});

Deno.test("heads that sum have as many times the weight as they see places", async () => {
  for (const { query, row } of await rowsOf(pattern.summingHeads)) {
    assertAlmostEquals(sum(row), query + 1, 1e-5, `query ${query}`);
  }
  for (const { row } of await rowsOf(pattern.summingHeads, OPEN)) {
    assertAlmostEquals(sum(row), 5, 1e-5, "without a mask");
  }
});

Deno.test("a constant pattern is the same for every text, differs between heads and heeds the mask", async () => {
  const found = (await broken(pattern.constantPattern)).get(PATTERN);
  assertSameBits(found.get(0), found.get(1), "two texts");
  assert(`${found.get(0, 0).data}` !== `${found.get(0, 1).data}`, "two heads");
  assertSeen(found, (query, key) => key <= query);
  assertSeen((await broken(pattern.constantPattern, OPEN)).get(PATTERN), () => true);
});

Deno.test("a constant pattern has a table whose size is the window's", () => {
  const { config, rewrites } = pattern.constantPattern.apply(SOUND);
  const shapeAt = (n_ctx: number) =>
    buildGraph({ config: { ...config, n_ctx }, rewrites }).find("blocks.0.attn.W_pattern")?.shape;
  assertEquals([shapeAt(8), shapeAt(12)], [[3, 8, 8], [3, 12, 12]], "[n_heads, n_ctx, n_ctx]");
});
