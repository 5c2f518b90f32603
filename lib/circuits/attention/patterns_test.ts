/** Probes of attention patterns, on patterns and models whose numbers are known by hand. */
import "../../runtime/testing/start.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import {
  fullRankQK,
  hardAttention,
  largerBudget,
  noCausalMask,
  reluValues,
  selfOnlyHeads,
  summingHeads,
  unscaledScores,
  zeroQueries,
} from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { run } from "../../runtime/run.ts";
import { Random } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { affinity } from "../stream/affine.ts";
import { averageRead } from "./average_read.ts";
import { entropy, headEntropies } from "./entropy.ts";
import { patternCosts } from "./pattern_costs.ts";
import { patternFromStream } from "./pattern_formula.ts";
import { headVariations } from "./pattern_variation.ts";
import { strongestSink } from "./sink.ts";
import { scoreSpectra } from "./score_spectra.ts";
import { weightBudget } from "./weight_budget.ts";
import { meanPattern, patternsOf, uniformPattern } from "./patterns.ts";

const TEXT = [1, 2, 3, 4, 0];
const HELD = ["attn.hook_pattern", "ln1.hook_scale"];

Deno.test.afterAll(releaseSessions);

/** One text, a pattern for each head: [1, head, query, key]. */
const patternOf = (...heads: number[][][]) => Tensor.from([heads]);

Deno.test("entropy is that of the textbook", () => {
  assertEquals(entropy([1, 0, 0]), 0, "certain");
  assertAlmostEquals(entropy([0.25, 0.25, 0.25, 0.25]), Math.log(4), 1e-15, "four alike");
  assertAlmostEquals(entropy([0.5, 0.25, 0.25]), 1.5 * Math.LN2, 1e-15, "a bit and a half");
});

Deno.test("a head that spreads evenly has an entropy of 1, one that does not choose 0", () => {
  const even = [[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]];
  const sharp = [[1, 0, 0], [0, 1, 0], [1, 0, 0]];
  const half = [[1, 0, 0], [1 / 2, 1 / 2, 0], [0, 1, 0]]; // of the two that have a choice, one
  const [all, none, one] = headEntropies(patternOf(even, sharp, half));
  assertAlmostEquals(all, 1, 1e-7, "even, in single precision");
  assertEquals([none, one], [0, 0.5], "the first position does not count");
  const [open] = headEntropies(patternOf([[1, 0], [0.5, 0.5]]), false);
  assertEquals(open, 0.5, "without a mask it does");
  const message = "two places are required, got 1";
  assertThrows(() => headEntropies(patternOf([[1]])), RangeError, message);
});

Deno.test("entropies are averaged over texts, head by head", () => {
  const [even, sharp] = [[[1, 0], [0.5, 0.5]], [[1, 0], [0, 1]]];
  assertEquals(headEntropies(Tensor.from([[even, sharp], [sharp, sharp]])), [0.5, 0], "two heads");
});

Deno.test("a mean pattern averages texts and a uniform one weighs all that is allowed alike", () => {
  const mean = meanPattern(Tensor.from([[[[1, 0], [0, 1]]], [[[1, 0], [1, 0]]]]));
  assertEquals(mean.toNested(), [[[[1, 0], [0.5, 0.5]]]], "two texts");
  assertThrows(() => meanPattern(Tensor.full([0, 1, 2, 2])), RangeError, "a text is required");
  assertEquals(uniformPattern(2).toNested(), [[[[1, 0], [0.5, 0.5]]]], "behind the mask");
  assertEquals(uniformPattern(2, false).toNested(), [[[[0.5, 0.5], [0.5, 0.5]]]], "without one");
});

Deno.test("heads that ask nothing have the uniform pattern", async () => {
  const [found] = await patternsOf(zeroQueries.apply(smallModel()), [TEXT]);
  const expected = uniformPattern(TEXT.length);
  for (let head = 0; head < 3; head++) {
    found.get(0, head).data.forEach((weight, i) =>
      assertAlmostEquals(weight, expected.data[i], 1e-7, `head ${head}, ${i}`)
    );
  }
});

Deno.test("variation is how much weight has moved between two texts", () => {
  const [here, there] = [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 0, 0], [1, 0, 0], [0, 0, 1]]];
  const two = Tensor.from([[here, here], [here, there]]);
  assertEquals(headVariations(two), [0, 0.5], "one of two positions looks elsewhere");
  const three = Tensor.from([[here], [here], [there]]);
  assertAlmostEquals(headVariations(three)[0], 1 / 3, 1e-15, "in two of three pairs");
  const quarter = Tensor.from([[[[1, 0], [0.5, 0.5]]], [[[1, 0], [0.75, 0.25]]]]);
  assertEquals(headVariations(quarter), [0.25], "a quarter of the weight");
  const message = "two texts of two positions are required, got [1,2,3,3]";
  assertThrows(() => headVariations(patternOf(here, here)), RangeError, message);
});

Deno.test("a head's own pattern costs nothing, and another one what it moves", async () => {
  const model = smallModel({ n_layers: 2 });
  const own = await patternsOf(model, [TEXT]);
  const costs = await patternCosts(model, [TEXT], own);
  assertEquals(costs.map(({ layer, head }) => [layer, head]), [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ], "layer by layer");
  for (const { cost } of costs) assertLess(cost, 1e-9, "the same bits in");
  const flat = await patternCosts(model, [TEXT, TEXT], [uniformPattern(5), uniformPattern(5)]);
  for (const { layer, head, cost } of flat) assertGreater(cost, 1e-7, `head ${layer}.${head}`);
  const still = zeroQueries.apply(model);
  const nothing = await patternCosts(still, [TEXT], [uniformPattern(5), uniformPattern(5)]);
  for (const { cost } of nothing) assertLess(cost, 1e-9, "they were uniform before");
});

Deno.test("the formula gives the pattern of every positional scheme, with and without a mask", async () => {
  const plain = [smallModel({ normalization: "none" }), smallModel({ biases: false })];
  const models = [...oneOfEach(), ...plain, noCausalMask.apply(smallModel({ positions: "alibi" }))];
  for (const model of [...models, smallModel({ positions: "rotary", position_step: 0.25 })]) {
    assertLess(await offFormula(model), 1e-6, `${model.name}, ${JSON.stringify(model.config)}`);
  }
  assertGreater(await offFormula(unscaledScores.apply(smallModel())), 1e-3, "another scale");
});

async function offFormula(model: ReturnType<typeof smallModel>): Promise<number> {
  const hooks = ["blocks.0.hook_resid_pre", "blocks.0.attn.hook_pattern"];
  const kept = await run(model, [TEXT], { hooks });
  const [stream, pattern] = hooks.map((hook) => kept.get(hook).get(0));
  const flat = patternFromStream(model, 0, stream).flat().flatMap((weights) => [...weights]);
  return Math.max(...flat.map((weight, i) => Math.abs(weight - pattern.data[i])));
}

Deno.test("attention is affine with its pattern and scale held, and only then", async () => {
  for (const model of [smallModel({ n_layers: 2 }), smallModel({ biases: false })]) {
    assertLess((await affinity(model, TEXT, HELD)).apart, 1e-6, "both held");
    for (const held of [[], [HELD[0]], [HELD[1]]]) {
      assertGreater((await affinity(model, TEXT, held)).apart, 1e-3, `held: ${held}`);
    }
  }
  const bare = smallModel({ normalization: "none", biases: false });
  const { apart, fromLinear } = await affinity(bare, TEXT, [HELD[0]]);
  assertLess(Math.max(apart, fromLinear), 1e-6, "without biases it is linear at once");
  assertGreater((await affinity(smallModel(), TEXT, HELD)).fromLinear, 1e-3, "with them it is not");
  assertGreater((await affinity(reluValues.apply(bare), TEXT, [HELD[0]])).apart, 1e-3, "a ReLU");
});

Deno.test("a budget is one, spent on all that the mask allows, and what is broken shows", async () => {
  const model = smallModel(); // 3 heads
  const sound = await weightBudget(model, TEXT);
  const { off, spent, ...counts } = sound;
  const none = { unreachable: 0, vanished: 0, unexplained: 0 };
  assertEquals(counts, { allowed: 3 * 15, ...none }, "fifteen places behind the mask");
  assertLess(off, 1e-6, "in single precision");
  assertEquals(Math.abs(spent - 1) <= off, true, "the most that is spent is one of the sums");
  assertEquals((await weightBudget(noCausalMask.apply(model), TEXT)).allowed, 3 * 25, "open");
  const hard = await weightBudget(hardAttention.apply(model), TEXT);
  assertEquals([hard.vanished, hard.unexplained], [30, 30], "one place of each position is left");
  const blind = await weightBudget(selfOnlyHeads.apply(model), TEXT);
  assertEquals([blind.unreachable, blind.unexplained], [30, 0], "without a finite score");
  const large = await weightBudget(largerBudget.apply(model), TEXT);
  assertAlmostEquals(large.off, 0.001, 1e-6, "a thousandth");
});

Deno.test("far away under ALiBi a weight is too small for 32 bits, and that is why it is zero", async () => {
  const model = smallModel({ positions: "alibi", n_heads: 8 }); // the steepest slope is 1/2
  const { vanished, unexplained } = await weightBudget(model, Array(220).fill(TEXT[0]));
  assertGreater(vanished, 0, "220 places away the first head's score is lower by 110");
  assertEquals(unexplained, 0, "and no nearer place has a weight of zero");
});

Deno.test("an average of n independent tokens fades as the root of n, and a sum does not", async () => {
  const model = zeroQueries.apply(smallModel({ positions: "none", n_ctx: 64 }));
  const random = new Random("independent");
  const texts = Array.from({ length: 40 }, () => random.integers(16, 11));
  const { reads, slope, uneven } = await averageRead(model, texts);
  assertEquals(reads.map(({ n }) => n), [1, 2, 4, 8, 16], "powers of two");
  assertAlmostEquals(slope, -0.5, 0.06, "40 texts of a vocabulary of 11");
  assertEquals(uneven, 0, "scores of zero all make the same weight");
  const summed = await averageRead(summingHeads.apply(model), texts);
  assertGreater(summed.slope, 0.3, "the sum grows instead");
  const same = await averageRead(model, texts.map((row) => row.map(() => row[0])));
  assertAlmostEquals(same.slope, 0, 1e-6, "one token over and over is read as it is");
  await assertRejects(
    () => averageRead(smallModel(), texts),
    RangeError,
    "a stream without positions is required, got learned",
  );
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

Deno.test("a head that looks at everything alike leans on the first token by one over the position", async () => {
  const model = zeroQueries.apply(smallModel());
  const { byPosition, searching, finding } = await strongestSink(model, [[1, 2, 3, 4, 1, 2, 3, 4]]);
  assertEquals(byPosition.length, 8, "a number for each position");
  for (const [p, weight] of byPosition.entries()) {
    assertAlmostEquals(weight, 1 / (p + 1), 1e-6, `position ${p}`);
  }
  assertAlmostEquals(searching, (1 / 3 + 1 / 4) / 2, 1e-6, "positions 2 and 3");
  assertAlmostEquals(finding, (1 / 5 + 1 / 6 + 1 / 7 + 1 / 8) / 4, 1e-6, "positions 4 to 7");
});

Deno.test("of several heads the strongest sink is found, and how much it writes there", async () => {
  const model = smallModel({ n_layers: 2 });
  const rows = [[1, 2, 3, 4, 1, 2, 3, 4], [5, 6, 7, 8, 5, 6, 7, 8]];
  const found = await strongestSink(model, rows);
  const patterns = await patternsOf(model, rows);
  const all = patterns.flatMap((pattern) =>
    [0, 1, 2].map((head) =>
      [0, 1].flatMap((row) => [2, 3].map((p) => pattern.at(row, head, p, 0)))
        .reduce((sum, weight) => sum + weight / 4, 0)
    )
  );
  assertAlmostEquals(found.searching, Math.max(...all), 1e-6, "the most of six heads");
  assertGreater(found.writes, 0, "it writes something");
  const none = smallModel({ n_layers: 0 });
  await assertRejects(() => strongestSink(none, rows), RangeError, "has no heads");
});
