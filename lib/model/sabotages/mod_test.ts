/** The whole catalogue, and what the smallest parts of it do. */
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { activations, assertMade, broken, SOUND, TEXTS } from "../../runtime/testing/broken.ts";
import { assertSameRun, runAll } from "../../runtime/testing/run_all.ts";
import { mean } from "../../tensor/statistics.ts";
import { initialWeights } from "../init.ts";
import { LLAMA, oneOfEach, smallModel } from "../testing/small_models.ts";
import * as catalogue from "./mod.ts";
import type { Sabotage } from "./sabotage.ts";

const sound = await activations(SOUND);

Deno.test("logits averaged over the text are the same everywhere, over the vocabulary one number", async () => {
  const { logits } = sound;
  const text = (await broken(catalogue.onePredictionForTheWindow)).logits;
  const overText = mean([0, 1, 2, 3, 4].map((p) => logits.at(1, p, 7)));
  for (const p of [0, 4]) {
    assertAlmostEquals(text.at(1, p, 7), overText, 1e-6, `the mean over positions, at ${p}`);
  }
  const words = (await broken(catalogue.oneLogitForEachPosition)).logits;
  assertEquals([...words.shape], [2, 5, 1], "one number for each place");
  assertAlmostEquals(words.at(1, 3, 0), mean(logits.get(1, 3).data), 1e-6, "over words");
});

Deno.test("untrained weights are those of the seed, under the same config", () => {
  const model = catalogue.untrained(5).apply(SOUND);
  assertEquals(model.weights, initialWeights(SOUND.config, 5), "drawn with seed 5");
  assert(model.config === SOUND.config && model.rewrites.length === 0, "nothing else changes");
});

Deno.test("shuffled heads have the same numbers in other places, and nothing else has changed", () => {
  const { weights } = catalogue.shuffledHeads(5).apply(SOUND);
  const sorted = (numbers: Float32Array) => numbers.toSorted();
  const ofHeads = /\.attn\.(W_[QKVO]|b_[QKV])$/;
  for (const [name, before] of Object.entries(SOUND.weights)) {
    if (!ofHeads.test(name)) {
      assertEquals(weights[name].data, before.data, name);
      continue;
    }
    before.unstack().forEach((head, i) =>
      assertEquals(sorted(weights[name].get(i).data), sorted(head.data), `${name}, head ${i}`)
    );
  }
  const W_Q = "blocks.0.attn.W_Q";
  assert(`${weights[W_Q].data}` !== `${SOUND.weights[W_Q].data}`, "in other places");
});

Deno.test("LayerNorm over the text divides every position by the mean of the scales", async () => {
  await assertMade(catalogue.normOverPositions, "ln1.hook_scale", (own, { row, sound }) => {
    return own.map(() => mean(sound.get(row).data));
  }, 1e-6);
});

Deno.test("what fits a Llama changes its logits", async () => {
  const { logits } = await activations(SCALED);
  const fitting = EVERY.filter((each) => each.unfit(SCALED.config) === undefined);
  const names = new Set(fitting.map(({ name }) => name));
  for (const { name } of ITS_OWN) assert(names.has(name), name);
  for (const sabotage of fitting.filter((each) => !ELSEWHERE.includes(each))) {
    const changed = (await broken(sabotage, SCALED)).logits;
    assert(`${changed.data}` !== `${logits.data}`, sabotage.name);
  }
});

Deno.test("at strength 0 a sabotage changes no bit", async () => {
  const model = smallModel({ n_layers: 2, act_fn: "relu", biases: false });
  const least = [
    catalogue.leakyMlp(0),
    catalogue.positionedMlp(0),
    catalogue.softMask(0),
    catalogue.longerQueries(0),
    catalogue.dropout(0),
  ];
  for (const sabotage of least) {
    const result = await broken(sabotage, model);
    assertSameRun(model, result, await activations(model), sabotage.name);
  }
});

/** One sabotage of every entry of the catalogue. */
const EVERY: readonly Sabotage[] = [
  catalogue.tokenShift("hook_attn_out", "attention", 0.5),
  catalogue.leakyMlp(0.5),
  catalogue.positionedMlp(0.5),
  catalogue.limitedExperts(1),
  catalogue.neighbouringRow(7),
  catalogue.slidingWindow(2),
  catalogue.fadingStream(0.5),
  catalogue.multiplyingStream(0.5),
  catalogue.untrained(),
  catalogue.shuffledHeads(),
  catalogue.withoutHeads([{ layer: 0, head: 0 }]),
  catalogue.zeroedMlps(),
  catalogue.softMask(0.5),
  catalogue.longerQueries(0.5),
  catalogue.dropout(0.5),
  catalogue.largerEps(0.5),
  catalogue.roundedStream(0.5),
  catalogue.neighbouringLogit(7),
  catalogue.cappedLogits(0.5),
  ...Object.values(catalogue).filter((entry) => typeof entry !== "function"),
];

/** Sabotages of what only Llamas have. */
const ITS_OWN: readonly Sabotage[] = [
  catalogue.unscaledRotation,
  catalogue.centredNorm,
  catalogue.keysInTurn,
  catalogue.gateMissing,
  catalogue.gateExchanged,
];

/** Sabotages of what a run on five tokens does not meet: their own tests show what they do. */
const ELSEWHERE: readonly Sabotage[] = [
  catalogue.clampedPositions,
  catalogue.fixedLength,
  catalogue.restartedPositions,
  catalogue.positionsSkipOne,
  catalogue.unturnedNewKeys,
  catalogue.forgetfulCache,
  catalogue.cacheOneBehind,
  catalogue.detachedPatches,
  catalogue.zeroPatches,
];

/** A Llama whose rotation is scaled. */
const SCALED = smallModel({
  ...LLAMA,
  position_scaling: {
    ...{ type: "llama3", factor: 4, low_freq_factor: 1, high_freq_factor: 4 } as const,
    original_n_ctx: 32,
  },
});

/** The model that a sabotage is done to: the first that it fits. */
const victimOf = ({ unfit }: Sabotage) =>
  [SOUND, ...oneOfEach(), SCALED].find(({ config }) => unfit(config) === undefined)!;

Deno.test("every sabotage changes the logits, says what it does and leaves the model as it was", async () => {
  assertEquals(EVERY.length, Object.keys(catalogue).length, "the whole catalogue");
  assertEquals(new Set(EVERY.map(({ name }) => name)).size, EVERY.length, "names are their own");
  const before = { ...SOUND, rewrites: [...SOUND.rewrites], weights: { ...SOUND.weights } };
  for (const sabotage of EVERY.filter((each) => !ELSEWHERE.includes(each))) {
    const victim = victimOf(sabotage);
    const [{ logits }, changed] = [await activations(victim), await broken(sabotage, victim)];
    assert(`${changed.logits.data}` !== `${logits.data}`, `${sabotage.name} shows in the logits`);
  }
  for (const sabotage of EVERY) {
    const victim = victimOf(sabotage);
    assertEquals(sabotage.apply(victim).name, `${victim.name}, ${sabotage.name}`, "its name");
    assertMatch(sabotage.description, /^[A-Z].+\.$/, `${sabotage.name} is described in a sentence`);
  }
  assertEquals(SOUND, before, "no field of the given model changed");
  assertSameRun(SOUND, await runAll(SOUND, TEXTS), sound, "and it runs as it did");
});
