import "../../runtime/testing/give_back.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import type { Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, Tensor } from "../../tensor/mod.ts";
import { noCausalMask, unscaledScores, zeroQueries } from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { patchPatterns, patchTogether } from "./patch_patterns.ts";
import { patternFromStream } from "./pattern_formula.ts";
import {
  entropy,
  headEntropies,
  headVariations,
  meanPattern,
  patternsOf,
  uniformPattern,
} from "./patterns.ts";

const TEXT = [1, 2, 3, 4, 0];

/** One text, a pattern for each head: [1, head, query, key]. */
const patternOf = (...heads: number[][][]) => Tensor.from([heads]);

Deno.test("entropy is that of the textbook", () => {
  assertEquals(entropy([1, 0, 0]), 0, "certain");
  const found = [[0.25, 0.25, 0.25, 0.25], [0.5, 0.25, 0.25]].map(entropy);
  assertClose(found, [Math.log(4), 1.5 * Math.LN2], 1e-15, "four alike, a bit and a half");
});

Deno.test("a head that spreads evenly has an entropy of 1, one that does not choose 0", () => {
  const even = [[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]];
  const sharp = [[1, 0, 0], [0, 1, 0], [1, 0, 0]];
  const half = [[1, 0, 0], [1 / 2, 1 / 2, 0], [0, 1, 0]]; // of the two that have a choice, one
  const [all, none, one] = headEntropies(patternOf(even, sharp, half));
  assertClose([all], [1], 1e-7, "even, in single precision");
  assertEquals([none, one], [0, 0.5], "the first position does not count");
  const texts = [[[1, 0], [0.5, 0.5]], [[1, 0], [0, 1]]];
  assertEquals(headEntropies(Tensor.from([texts, [texts[1], texts[1]]])), [0.5, 0], "over texts");
  assertThrows(() => headEntropies(patternOf([[1]])), RangeError, "two places are required, got 1");
});

Deno.test("a mean pattern averages texts and a uniform one weighs all that is allowed alike", () => {
  const mean = meanPattern(Tensor.from([[[[1, 0], [0, 1]]], [[[1, 0], [1, 0]]]]));
  assertEquals(mean.toNested(), [[[[1, 0], [0.5, 0.5]]]], "two texts");
  assertThrows(() => meanPattern(Tensor.full([0, 1, 2, 2])), RangeError, "a text is required");
  assertEquals(uniformPattern(2).toNested(), [[[[1, 0], [0.5, 0.5]]]], "behind the mask");
});

Deno.test("heads that ask nothing have the uniform pattern", async () => {
  const [found] = await patternsOf(zeroQueries.apply(smallModel()), [TEXT]);
  for (let head = 0; head < 3; head++) {
    assertClose(found.get(0, head).data, uniformPattern(TEXT.length).data, 1e-7, `head ${head}`);
  }
});

Deno.test("variation is how much weight has moved between two texts", () => {
  const [here, there] = [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 0, 0], [1, 0, 0], [0, 0, 1]]];
  const two = Tensor.from([[here, here], [here, there]]);
  assertEquals(headVariations(two), [0, 0.5], "one of two positions looks elsewhere");
  const three = Tensor.from([[here], [here], [there]]);
  assertClose(headVariations(three), [1 / 3], 1e-15, "in two of three pairs");
  const quarter = Tensor.from([[[[1, 0], [0.5, 0.5]]], [[[1, 0], [0.75, 0.25]]]]);
  assertEquals(headVariations(quarter), [0.25], "a quarter of the weight");
  const message = "two texts of two positions are required, got [1,2,3,3]";
  assertThrows(() => headVariations(patternOf(here, here)), RangeError, message);
});

Deno.test("a head's own pattern costs nothing, and another one what it moves", async () => {
  const model = smallModel({ n_layers: 2 });
  const costs = await patchPatterns(model, [TEXT], await patternsOf(model, [TEXT]));
  const places = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]];
  assertEquals(costs.map(({ layer, head }) => [layer, head]), places, "layer by layer");
  for (const { cost } of costs) assertLess(cost, 1e-9, "the same bits in");
  const flat = [uniformPattern(5), uniformPattern(5)];
  for (const { layer, head, cost } of await patchPatterns(model, [TEXT, TEXT], flat)) {
    assertGreater(cost, 1e-7, `head ${layer}.${head}`);
  }
  for (const { cost } of await patchPatterns(zeroQueries.apply(model), [TEXT], flat)) {
    assertLess(cost, 1e-9, "they were uniform before");
  }
});

Deno.test("a group of one costs what its head does, one of none nothing, and all more than one", async () => {
  const model = smallModel({ n_layers: 2 });
  const flat = [uniformPattern(5), uniformPattern(5)];
  const singles = await patchPatterns(model, [TEXT], flat);
  const groups = [[singles[4]], [], singles];
  const [one, none, all] = await patchTogether(model, [TEXT], flat, groups);
  assertAlmostEquals(one, singles[4].cost, 1e-9);
  assertLess(none, 1e-9);
  assertGreater(all, Math.max(...singles.map(({ cost }) => cost)));
});

Deno.test("the formula gives the pattern of every positional scheme, with and without a mask", async () => {
  const offFormula = async (model: Model) => {
    const hooks = ["blocks.0.hook_resid_pre", "blocks.0.attn.hook_pattern"];
    const kept = await run(model, [TEXT], { hooks });
    const [stream, pattern] = hooks.map((hook) => kept.get(hook).get(0));
    const weights = patternFromStream(model, 0, stream);
    return max(weights.map((weight, i) => Math.abs(weight - pattern.data[i])));
  };
  const plain = [smallModel({ normalization: "none" }), smallModel({ biases: false })];
  const models = [...oneOfEach(), ...plain, noCausalMask.apply(smallModel({ positions: "alibi" }))];
  for (const model of [...models, smallModel({ positions: "rotary", position_step: 0.25 })]) {
    assertLess(await offFormula(model), 1e-6, `${model.name}, ${JSON.stringify(model.config)}`);
  }
  assertGreater(await offFormula(unscaledScores.apply(smallModel())), 1e-3, "another scale");
});
