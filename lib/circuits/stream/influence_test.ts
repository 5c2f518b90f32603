import "../../runtime/testing/give_back.ts";
import { assert, assertEquals, assertGreater, assertRejects, assertThrows } from "@std/assert";
import { type Model, rewriteAt } from "../../model/mod.ts";
import { Tensor } from "../../tensor/mod.ts";
import { leakyMlp, noCausalMask, onePredictionForTheWindow } from "../../model/sabotages/mod.ts";
import { oneOfEach, smallModel } from "../../model/testing/small_models.ts";
import { assertClose } from "../../tensor/testing/assert_close.ts";
import { averaging } from "../testing/models.ts";
import { influences, type Nudge, type Pair, pairsInEachBlock } from "./influence.ts";
import { probeInfluence, summarizeInfluence } from "./influence_summary.ts";

const TEXT = [1, 2, 3, 4, 0];
const ATTENTION = { from: "blocks.0.hook_resid_pre", to: "blocks.0.hook_attn_out" };
const TO_LOGITS = { from: "tokens", to: "logits" };

async function influence(model: Model, pair: Pair, nudge?: Nudge): Promise<Tensor> {
  return (await influences(model, TEXT, [pair], nudge))[0];
}

/** Where each of five nudges is to be read: [nudged * 5 + read]. */
const cells = <T>(cell: (nudged: number, read: number) => T): T[] =>
  Array.from({ length: 25 }, (_, i) => cell(Math.floor(i / 5), i % 5));

Deno.test("a nudge reaches a mean of n positions by an nth, and nothing before it", async () => {
  const moved = await influence(averaging(5), ATTENTION);
  assertEquals(moved.shape, [5, 5], "[nudged, read]");
  const nudges = TEXT.map((_, p) => moved.at(p, p) * (p + 1)); // the nudges themselves
  nudges.forEach((nudge, p) => assertGreater(nudge, 0, `position ${p} was nudged`));
  const expected = cells((nudged, read) => read < nudged ? 0 : nudges[nudged] / (read + 1));
  // Two means of up to five numbers of about 1, in single precision, and their difference.
  assertClose(moved.data, expected, 2e-6, "read");
  expected.forEach((cell, i) => assertEquals(moved.data[i] === 0, cell === 0, `cell ${i}: a zero`));
});

Deno.test("without a mask a nudge reaches every position alike", async () => {
  const moved = await influence(noCausalMask.apply(averaging(5)), ATTENTION);
  assertClose(moved.data, cells((nudged) => moved.at(nudged, nudged)), 2e-6, "read");
});

Deno.test("the size scales a nudge", async () => {
  const at = async (nudge?: Nudge) => (await influence(averaging(5), ATTENTION, nudge)).at(0, 0);
  assertClose([await at({ size: 10 })], [10 * await at()], 1e-5, "ten times as far");
});

Deno.test("another token moves its own embedding and nothing else there", async () => {
  for (const model of oneOfEach()) {
    const moved = await influence(model, { from: "tokens", to: "hook_embed" });
    const own = cells((nudged, read) => nudged === read);
    assertEquals([...moved.data].map((x) => x > 0), own, `${model.name}: its own place`);
    const { earlier, self, reach } = summarizeInfluence([await influence(model, TO_LOGITS)]);
    assertEquals(earlier, 0, `${model.name}: no bit of an earlier logit`);
    assert(self > 0 && reach > 0, `${model.name}: its own and every later one`);
  }
  const one = () => influences(smallModel({ d_vocab: 1 }), [0], [TO_LOGITS]);
  await assertRejects(one, RangeError, "two words are required, got 1");
});

Deno.test("influence is read along the queries of a pattern, and masked scores do not move", async () => {
  for (const to of ["blocks.0.attn.hook_attn_scores", "blocks.0.attn.hook_pattern"]) {
    const found = await influence(smallModel(), { from: "tokens", to });
    const { earlier, reach } = summarizeInfluence([found]);
    assertEquals(earlier, 0, `${to}: earlier queries, minus infinity included`);
    assertGreater(reach, 0, `${to}: later queries see another key`);
  }
});

Deno.test("every layer has a matrix, and several pairs in one batch are told apart", async () => {
  const model = smallModel({ n_layers: 2 });
  const mlps = pairsInEachBlock(model, { from: "hook_resid_mid", to: "hook_mlp_out" });
  const layers = await influences(model, TEXT, mlps);
  assertEquals(layers.map(({ shape }) => shape), [[5, 5], [5, 5]], "two layers");
  const sound = summarizeInfluence(layers);
  assertEquals([sound.earlier, sound.later], [0, 0], "an MLP moves no other position by a bit");
  assertGreater(sound.self, 0, "only its own");
  const reached = cells((nudged, read) => read === nudged || read === nudged + 1);
  for (const { data } of await influences(leakyMlp(0.01).apply(model), TEXT, mlps)) {
    assertEquals([...data].map((x) => x > 0), reached, "a leak to the next position");
  }
  const pairs = [ATTENTION, { from: "tokens", to: "hook_embed" }];
  const [attention, tokens] = await influences(model, TEXT, pairs);
  assertGreater(summarizeInfluence([attention]).reach, 0, "attention reaches on");
  assertEquals(summarizeInfluence([tokens]).later, 0, "an embedding does not");
});

Deno.test("where all positions have one answer every nudge is read in it", async () => {
  const moved = await influence(onePredictionForTheWindow.apply(smallModel()), TO_LOGITS);
  assertEquals(moved.shape, [5, 5], "[nudged, read]");
  assert(moved.data.every((x) => x > 0), "each token moves it everywhere");
});

Deno.test("a summary has the extremes of each side, and each nudge where it was made", () => {
  const summary = (...matrices: number[][][]) =>
    summarizeInfluence(matrices.map((matrix) => Tensor.from(matrix)));
  const one = summary([[1, 2, 3], [0, 4, 5], [0.5, 0, 6]]);
  assertEquals(one, { self: 1, earlier: 0.5, later: 5, reach: 3 }, "one matrix");
  const both = summary([[1, 2], [3, 4]], [[7]]);
  assertEquals(both, { self: 1, earlier: 3, later: 2, reach: 2 }, "over all matrices");
  assertEquals(summary([[1, 0, 3]]).reach, 3, "the furthest counts, though the nearest does not");
  assertEquals(summary([[7]]).reach, 0, "one position reaches none");
  assertThrows(() => summary(), RangeError, "at least one matrix is required, got none");
  const some = summarizeInfluence([Tensor.from([[1, 2, 3], [4, 5, 6]])], [1, 2]);
  assertEquals(some, { self: 2, earlier: 5, later: 3, reach: 3 }, "nudged at 1 and at 2");
});

Deno.test("a probe sees a leak that begins late in a long window", async () => {
  const model = smallModel({ n_ctx: 31 });
  const late = rewriteAt("mask", (mask, { g, queryPos }) => {
    const open = g.unsqueeze(g.lessOrEqual(g.integers(20), queryPos), 1); // [pos, 1]
    return g.op("Or", [mask, open], mask.shape); // [pos, kv]
  });
  assertEquals((await probeInfluence(model, [TO_LOGITS])).earlier, 0, "a sound mask leaks nowhere");
  const { earlier, moved } = await probeInfluence({ ...model, rewrites: [late] }, [TO_LOGITS]);
  assertGreater(earlier, 0, "from position 20 on the text is open");
  assertEquals([moved.length, moved[0].length], [14, 14], "the matrix is of a short text");
  const still = await probeInfluence(model, [TO_LOGITS], { size: 0 });
  assertEquals(still.self, 0, "no nudge, no movement");
});
