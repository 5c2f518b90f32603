/** What the circuits' measures say of models whose answer is known by hand. */
import "../runtime/testing/start.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { type Config, makeConfig } from "../model/config.ts";
import { makeModel, type Model } from "../model/model.ts";
import { parameterShapes } from "../model/params.ts";
import { leakyMlp, noCausalMask, onePredictionForTheWindow } from "../model/sabotages/mod.ts";
import { rewriteAt } from "../model/graph/rewrite.ts";
import { oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { releaseSessions } from "../runtime/pool.ts";
import { Tensor } from "../tensor/tensor.ts";
import { inEveryBlock, influence, influences } from "./stream/influence.ts";
import { probeInfluence, summarize } from "./stream/influence_summary.ts";
import { lossByPosition } from "./losses/loss.ts";
import { reordering } from "./stream/reordering.ts";

const TEXT = [1, 2, 3, 4, 0];

Deno.test.afterAll(releaseSessions);

/**
 * One head that weighs all it may see alike (its queries and keys are zero) and copies the stream
 * as it is: position q gets the mean of what stands at 0 ... q.
 */
function averaging(changes: Partial<Config> = {}): Model {
  const config = makeConfig({
    n_layers: 1,
    d_model: 4,
    n_heads: 1,
    d_vocab: 5,
    n_ctx: 5,
    positions: "none",
    normalization: "none",
    attn_only: true,
    biases: false,
    ...changes,
  });
  const identity = Tensor.full([1, 4, 4]).map((_, i) => i % 5 === 0 ? 1 : 0);
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    if (/W_[VO]$/.test(name)) return [name, identity];
    const tokens = Tensor.full(shape).map((_, i) => Math.sin(i)); // any that differ
    return [name, /W_[QK]$/.test(name) ? Tensor.full(shape) : tokens];
  });
  return makeModel("averaging", config, Object.fromEntries(weights));
}

const ATTENTION = { from: "blocks.0.hook_resid_pre", to: "blocks.0.hook_attn_out" };

Deno.test("a nudge reaches a mean of n positions by an nth, and nothing before it", async () => {
  const moved = await influence(averaging(), TEXT, ATTENTION);
  assertEquals(moved.shape, [5, 5], "[nudged, read]");
  for (let nudged = 0; nudged < 5; nudged++) {
    const self = moved.at(nudged, nudged) * (nudged + 1); // the nudge itself
    assertGreater(self, 0, `position ${nudged} was nudged`);
    for (let read = 0; read < 5; read++) {
      const expected = read < nudged ? 0 : self / (read + 1);
      // Two means of up to five numbers of about 1, in single precision, and their difference.
      const bound = read < nudged ? 0 : 2e-6;
      assertAlmostEquals(moved.at(nudged, read), expected, bound, `${nudged} read at ${read}`);
    }
  }
});

Deno.test("without a mask a nudge reaches every position alike", async () => {
  const moved = await influence(noCausalMask.apply(averaging()), TEXT, ATTENTION);
  for (let nudged = 0; nudged < 5; nudged++) {
    for (let read = 0; read < 5; read++) {
      const self = moved.at(nudged, nudged);
      assertAlmostEquals(moved.at(nudged, read), self, 2e-6, `${nudged} read at ${read}`);
    }
  }
});

Deno.test("the size scales a nudge and the seed draws another", async () => {
  const model = averaging();
  const at = async (options: { size?: number; seed?: number }) =>
    (await influence(model, TEXT, { ...ATTENTION, ...options })).at(0, 0);
  const one = await at({});
  assertAlmostEquals(await at({ size: 10 }), 10 * one, 1e-5, "ten times as far");
  assertEquals(await at({ seed: 0 }), one, "seed 0 unless told");
  assert(await at({ seed: 1 }) !== one, "another seed");
});

Deno.test("another token moves its own embedding and nothing else there", async () => {
  for (const model of oneOfEach()) {
    const moved = await influence(model, TEXT, { from: "tokens", to: "hook_embed" });
    for (let i = 0; i < 25; i++) {
      const [nudged, read] = [Math.floor(i / 5), i % 5];
      assertEquals(moved.data[i] > 0, nudged === read, `${model.name}: ${nudged} read at ${read}`);
    }
    const later = await influence(model, TEXT, { from: "tokens", to: "logits" });
    const { earlier, self, reach } = summarize([later]);
    assertEquals(earlier, 0, `${model.name}: no bit of an earlier logit`);
    assert(self > 0 && reach > 0, `${model.name}: its own and every later one`);
  }
  const one = smallModel({ d_vocab: 1 });
  const message = "two words are required, got 1";
  await assertRejects(
    () => influence(one, [0], { from: "tokens", to: "logits" }),
    RangeError,
    message,
  );
});

Deno.test("influence is read along the queries of a pattern, and masked scores do not move", async () => {
  const model = smallModel();
  for (const to of ["blocks.0.attn.hook_attn_scores", "blocks.0.attn.hook_pattern"]) {
    const { earlier, reach } = summarize([await influence(model, TEXT, { from: "tokens", to })]);
    assertEquals(earlier, 0, `${to}: earlier queries, minus infinity included`);
    assertGreater(reach, 0, `${to}: later queries see another key`);
  }
});

Deno.test("every layer has a matrix, and several pairs in one batch are told apart", async () => {
  const model = smallModel({ n_layers: 2 });
  const mlp = { from: "hook_resid_mid", to: "hook_mlp_out" };
  const layers = await influences(model, TEXT, inEveryBlock(model, mlp));
  assertEquals(layers.map(({ shape }) => shape), [[5, 5], [5, 5]], "two layers");
  const sound = summarize(layers);
  assertEquals([sound.earlier, sound.later], [0, 0], "an MLP moves no other position by a bit");
  assertGreater(sound.self, 0, "only its own");
  const leaky = await influences(leakyMlp(0.01).apply(model), TEXT, inEveryBlock(model, mlp));
  for (const [layer, matrix] of leaky.entries()) {
    for (let i = 0; i < 25; i++) {
      const [nudged, read] = [Math.floor(i / 5), i % 5];
      const reached = read === nudged || read === nudged + 1;
      assertEquals(matrix.data[i] > 0, reached, `layer ${layer}: ${nudged} read at ${read}`);
    }
  }
  const pairs = [ATTENTION, { from: "tokens", to: "hook_embed" }];
  const [attention, tokens] = await influences(model, TEXT, pairs);
  assertGreater(summarize([attention]).reach, 0, "attention reaches on");
  assertEquals(summarize([tokens]).later, 0, "an embedding does not");
});

Deno.test("where all positions have one answer every nudge is read in it", async () => {
  const model = onePredictionForTheWindow.apply(smallModel());
  const moved = await influence(model, TEXT, { from: "tokens", to: "logits" });
  assertEquals(moved.shape, [5, 5], "[nudged, read]");
  assert(moved.data.every((x) => x > 0), "each token moves it everywhere");
});

Deno.test("a summary has the extremes of each side", () => {
  const summary = summarize([Tensor.from([[1, 2, 3], [0, 4, 5], [0.5, 0, 6]])]);
  assertEquals(summary, { self: 1, earlier: 0.5, later: 5, reach: 3 }, "one matrix");
  const both = summarize([Tensor.from([[1, 2], [3, 4]]), Tensor.from([[7]])]);
  assertEquals(both, { self: 1, earlier: 3, later: 2, reach: 2 }, "over all matrices");
  const half = summarize([Tensor.from([[1, 0, 3]])]);
  assertEquals(half.reach, 3, "the furthest counts, though the nearest does not move");
  assertEquals(summarize([Tensor.from([[7]])]).reach, 0, "one position reaches none");
  assertThrows(() => summarize([]), RangeError, "at least one matrix is required, got none");
});

Deno.test("a summary of some nudges takes each where it was made", () => {
  const { self, earlier, later } = summarize([Tensor.from([[1, 2, 3], [4, 5, 6]])], [1, 2]);
  assertEquals({ self, earlier, later }, { self: 2, earlier: 5, later: 3 }, "nudged at 1 and at 2");
});

Deno.test("a probe sees a leak that begins late in a long window", async () => {
  const model = smallModel({ n_ctx: 31 });
  const late = rewriteAt("mask", (mask, { g, queryPos }) => {
    const open = g.unsqueeze(g.lessOrEqual(g.integers(20), queryPos), 1); // [pos, 1]
    return g.op("Or", [mask, open], mask.shape); // [pos, kv]
  });
  const pairs = [{ from: "tokens", to: "logits" }];
  assertEquals((await probeInfluence(model, pairs)).earlier, 0, "a sound mask leaks nowhere");
  const { earlier, moved } = await probeInfluence({ ...model, rewrites: [late] }, pairs);
  assertGreater(earlier, 0, "from position 20 on the text is open");
  assertEquals([moved.length, moved[0].length], [14, 14], "the matrix is of a short text");
  assertEquals((await probeInfluence(model, pairs, { size: 0 })).self, 0, "no nudge, no movement");
});

Deno.test("an MLP commutes with a reordering of positions, and causal attention does not", async () => {
  for (const model of [smallModel(), smallModel({ n_layers: 2, positions: "alibi" })]) {
    const mlp = await reordering(model, TEXT, { from: "hook_resid_mid", to: "hook_mlp_out" });
    assertEquals(mlp.apart, 0, `${model.name}: to the bit`);
    assertGreater(mlp.moved, 0, `${model.name}: the order did change`);
    const leaky = leakyMlp(0.01).apply(model);
    const { apart } = await reordering(leaky, TEXT, { from: "hook_resid_mid", to: "hook_mlp_out" });
    assertGreater(apart, 0, `${model.name}: a neighbour is noticed`);
  }
  const hooks = { from: "hook_resid_pre", to: "hook_attn_out" };
  assertGreater((await reordering(averaging(), TEXT, hooks)).apart, 0.01, "a mask knows the order");
  const open = await reordering(averaging({ causal: false }), TEXT, hooks);
  assertLess(open.apart, 2e-6, "a mean of all positions does not, but for rounding");
});

Deno.test("a model that knows nothing loses log d_vocab at every position", async () => {
  const config = makeConfig({ n_layers: 0, d_model: 4, n_heads: 1, d_vocab: 5, n_ctx: 5 });
  const shapes = Object.entries(parameterShapes(config));
  const nothing = Object.fromEntries(shapes.map(([name, shape]) => [name, Tensor.full(shape)]));
  const loss = await lossByPosition(makeModel("nothing", config, nothing), [TEXT, [0, 0, 1, 1, 2]]);
  assertEquals(loss.length, 4, "one less than positions");
  for (const [p, nats] of loss.entries()) {
    assertAlmostEquals(nats, Math.log(5), 1e-12, `position ${p}`);
  }
});
