/** What each sabotage does, measured at hooks of a broken model beside a sound one. */
import "../../runtime/testing/start.ts";
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { type Activations, releaseSessions } from "../../runtime/mod.ts";
import { assertSameRun, runAll } from "../../runtime/testing/run_all.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { initialWeights } from "../init.ts";
import type { Model } from "../model.ts";
import type { Sabotage } from "./sabotage.ts";
import * as catalogue from "./mod.ts";
import { smallModel } from "../testing/small_models.ts";

const SOUND = smallModel();
const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];
const PLACES = [0, 1].flatMap((row) => [0, 1, 2, 3, 4].map((p) => [row, p] as const));
const SCORES = "blocks.0.attn.hook_attn_scores";
const PATTERN = "blocks.0.attn.hook_pattern";
const MLP_OUT = "blocks.0.hook_mlp_out";
const MID = "blocks.0.hook_resid_mid";

let sound: Activations;
Deno.test.beforeAll(async () => {
  sound = await runAll(SOUND, TOKENS);
});
Deno.test.afterAll(releaseSessions);

function broken(sabotage: Sabotage, model: Model = SOUND): Promise<Activations> {
  return runAll(sabotage.apply(model), TOKENS);
}

/** The numbers of a [batch, n_heads, query, key] hook, each with its query and key. */
function pairs(x: Tensor): { query: number; key: number; value: number }[] {
  return [...x.data].map((value, i) => ({ query: Math.floor(i / 5) % 5, key: i % 5, value }));
}

Deno.test("a sound model gives weight to everything up to the position itself", () => {
  for (const { query, key, value } of pairs(sound.get(PATTERN))) {
    assertEquals(value > 0, key <= query, `query ${query}, key ${key}: ${value}`);
  }
});

Deno.test("without a mask every position attends to every other, by the same scores", async () => {
  const result = await broken(catalogue.noCausalMask);
  for (const { query, key, value } of pairs(result.get(PATTERN))) {
    assert(value > 0, `query ${query}, key ${key}: ${value}`);
  }
  const scores = pairs(result.get(SCORES));
  pairs(sound.get(SCORES)).forEach(({ query, key, value }, i) => {
    const expected = key <= query ? value : -Infinity;
    assertEquals(value, expected, `sound, query ${query}, key ${key}`);
    if (key <= query) assertEquals(scores[i].value, value, `query ${query}, key ${key}`);
  });
});

Deno.test("a mask off by one admits the next token and no more", async () => {
  const result = await broken(catalogue.maskOffByOne);
  for (const { query, key, value } of pairs(result.get(PATTERN))) {
    assertEquals(value > 0, key <= query + 1, `query ${query}, key ${key}: ${value}`);
  }
});

Deno.test("a mask that opens halfway is sound before the middle and open from there on", async () => {
  const result = await broken(catalogue.maskOpensHalfway);
  for (const { query, key, value } of pairs(result.get(PATTERN))) {
    assertEquals(value > 0, key <= query || query >= 2.5, `query ${query}, key ${key}: ${value}`);
  }
});

Deno.test("heads that look only at themselves read their own value", async () => {
  const result = await broken(catalogue.selfOnlyHeads);
  for (const { query, key, value } of pairs(result.get(PATTERN))) {
    assertEquals(value, key === query ? 1 : 0, `query ${query}, key ${key}`);
  }
  assertSameBits(result.get("blocks.0.attn.hook_z"), result.get("blocks.0.attn.hook_v"), "z is v");
});

Deno.test("a leak adds the left neighbour times the strength, to the bit", async () => {
  const strength = 0.01;
  const cases = [
    { sabotage: catalogue.leakyMlp(strength), hook: MLP_OUT },
    { sabotage: catalogue.leak("hook_embed", "an embedding", strength), hook: "hook_embed" },
    {
      sabotage: catalogue.leak("ln1.hook_scale", "a norm", strength),
      hook: "blocks.0.ln1.hook_scale",
    },
  ];
  for (const { sabotage, hook } of cases) {
    const result = await broken(sabotage);
    const factor = Math.fround(strength);
    for (const [row, p] of PLACES) {
      const own = sound.get(hook).get(row, p);
      const left = p > 0 ? sound.get(hook).get(row, p - 1) : Tensor.full(own.shape);
      const expected = own.map((x, i) => x + Math.fround(factor * left.data[i]));
      assertSameBits(result.get(hook).get(row, p), expected, `${hook}, row ${row}, position ${p}`);
    }
  }
});

Deno.test("an MLP that knows its position gets it as a bias, to the bit", async () => {
  const result = await broken(catalogue.positionedMlp(0.1));
  const hook = "blocks.0.mlp.hook_pre";
  for (const [row, p] of PLACES) {
    const expected = sound.get(hook).get(row, p).map((x) => x + Math.fround(Math.fround(0.1) * p));
    assertSameBits(result.get(hook).get(row, p), expected, `row ${row}, position ${p}`);
  }
});

Deno.test("an MLP across positions mixes each coordinate of the stream along the text", async () => {
  const result = await broken(catalogue.mixerMlp);
  assertSameBits(result.get(MID), sound.get(MID), "attention is as it was");
  const mix = (i: number, j: number) => Math.cos((i + 1) * (j + 1));
  const sum = (term: (i: number) => number) => [0, 1, 2, 3, 4].reduce((all, i) => all + term(i), 0);
  for (const row of [0, 1]) {
    for (let d = 0; d < SOUND.config.d_model; d++) {
      const hidden = [0, 1, 2, 3, 4].map((unit) =>
        Math.max(0, sum((p) => mix(unit, p) * sound.get(MID).at(row, p, d)))
      );
      for (let p = 0; p < 5; p++) {
        const expected = sum((unit) => mix(unit, p) * hidden[unit]);
        // Sums of five numbers of about 1, twice, in single precision: some 1e-6.
        const given = result.get(MLP_OUT).at(row, p, d);
        assertAlmostEquals(given, expected, 1e-5, `row ${row}, position ${p}, coordinate ${d}`);
      }
    }
  }
});

Deno.test("experts serve the first tokens sent to them and leave the others out", async () => {
  for (const capacity of [1, 2, 5]) {
    const result = await broken(catalogue.limitedExperts(capacity));
    let refused = 0;
    for (const row of [0, 1]) {
      const served = { left: 0, right: 0 };
      for (let p = 0; p < 5; p++) {
        const expert = sound.get(MID).at(row, p, 0) <= 0 ? "left" : "right";
        const fits = ++served[expert] <= capacity;
        if (!fits) refused++;
        const own = sound.get(MLP_OUT).get(row, p).map((x) => expert === "left" ? x : -x);
        const expected = fits ? own : Tensor.full([10]);
        const what = `capacity ${capacity}, row ${row}, position ${p}, ${expert}`;
        assertSameBits(result.get(MLP_OUT).get(row, p), expected, what);
      }
    }
    assertEquals(refused > 0, capacity < 5, `${refused} refused with capacity ${capacity}`);
  }
});

Deno.test("logits averaged over the text are the same everywhere, over the vocabulary one number", async () => {
  const mean = (x: number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const { logits } = sound;
  const text = (await broken(catalogue.oneAnswerForTheWindow)).logits;
  const overText = mean([0, 1, 2, 3, 4].map((p) => logits.at(1, p, 7)));
  for (const p of [0, 4]) {
    assertAlmostEquals(text.at(1, p, 7), overText, 1e-6, `the mean over positions, at ${p}`);
  }
  const words = (await broken(catalogue.oneLogitForEachPlace)).logits;
  assertEquals([...words.shape], [2, 5, 1], "one number for each place");
  assertAlmostEquals(words.at(1, 3, 0), mean([...logits.get(1, 3).data]), 1e-6, "over words");
});

Deno.test("untrained weights are those of the seed, under the same config", () => {
  const model = catalogue.untrained(5).apply(SOUND);
  assertEquals(model.weights, initialWeights(SOUND.config, 5), "drawn with seed 5");
  assert(model.config === SOUND.config && model.rewrites.length === 0, "nothing else changes");
});

Deno.test("LayerNorm over the text divides every position by the mean of the scales", async () => {
  const result = await broken(catalogue.normOverPositions);
  const hook = "blocks.0.ln1.hook_scale";
  for (const [row, p] of PLACES) {
    const scales = [...sound.get(hook).get(row).data];
    const expected = scales.reduce((sum, x) => sum + x, 0) / 5;
    assertAlmostEquals(result.get(hook).at(row, p, 0), expected, 1e-6, `row ${row}, position ${p}`);
  }
});

Deno.test("at strength 0 a sabotage changes no bit", async () => {
  const model = smallModel({ n_layers: 2, act_fn: "relu", biases: false });
  const clean = await runAll(model, TOKENS);
  for (const sabotage of [catalogue.leakyMlp(0), catalogue.positionedMlp(0)]) {
    assertSameRun(model, await broken(sabotage, model), clean, sabotage.name);
  }
});

/** One sabotage of every entry of the catalogue. */
const EVERY: readonly Sabotage[] = [
  catalogue.leak("hook_attn_out", "attention", 0.5),
  catalogue.leakyMlp(0.5),
  catalogue.positionedMlp(0.5),
  catalogue.limitedExperts(1),
  catalogue.neighbouringRow(7),
  catalogue.slidingWindow(2),
  catalogue.fadingStream(0.5),
  catalogue.multiplyingStream(0.5),
  catalogue.untrained(),
  catalogue.withoutHeads([{ layer: 0, head: 0 }]),
  catalogue.silentMlps(),
  ...Object.values(catalogue).filter((entry) => typeof entry !== "function"),
];

/**
 * Sabotages of what a run on five tokens does not meet: `windows_test.ts` and `decoding_test.ts` show
 * what they do.
 */
const ELSEWHERE: readonly Sabotage[] = [
  catalogue.clampedPositions,
  catalogue.fixedLength,
  catalogue.restartedPositions,
];

/** The model that a sabotage is done to: one with rotary positions where it is about those. */
const victimOf = ({ unfit }: Sabotage) =>
  unfit(SOUND.config) ? smallModel({ positions: "rotary" }) : SOUND;

Deno.test("every sabotage changes the logits, says what it does and leaves the model as it was", async () => {
  assertEquals(EVERY.length, Object.keys(catalogue).length, "the whole catalogue");
  assertEquals(new Set(EVERY.map(({ name }) => name)).size, EVERY.length, "names are their own");
  const before = { ...SOUND, rewrites: [...SOUND.rewrites], weights: { ...SOUND.weights } };
  for (const sabotage of EVERY.filter((each) => !ELSEWHERE.includes(each))) {
    const victim = victimOf(sabotage);
    const { logits } = victim === SOUND ? sound : await runAll(victim, TOKENS);
    const changed = (await broken(sabotage, victim)).logits;
    assert(`${changed.data}` !== `${logits.data}`, `${sabotage.name} shows in the logits`);
  }
  for (const sabotage of EVERY) {
    const victim = victimOf(sabotage);
    assertEquals(sabotage.apply(victim).name, `${victim.name}, ${sabotage.name}`, "its name");
    assertMatch(sabotage.description, /^[A-Z].+\.$/, `${sabotage.name} is described in a sentence`);
  }
  assertEquals(SOUND, before, "no field of the given model changed");
  assertSameRun(SOUND, await runAll(SOUND, TOKENS), sound, "and it runs as it did");
});
