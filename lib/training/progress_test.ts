import { assertEquals, assertStrictEquals } from "@std/assert";
import { makeConfig } from "../model/config.ts";
import type { TrainingState } from "./loop.ts";
import { duration, progressLine } from "./progress.ts";
import type { Recipe } from "./recipe.ts";

const RECIPE: Recipe = {
  name: "tiny",
  purpose: "to be watched",
  config: makeConfig({ n_layers: 1, d_model: 4, n_heads: 2, d_vocab: 5, n_ctx: 10 }),
  seed: 1,
  steps: 240,
  batch: 3,
  optimizer: { rate: 0.01, warmup: 2, betas: [0.9, 0.99], weightDecay: 0.01, clip: 1 },
  data: () => Promise.reject(new Error("not needed here")),
};

const after = (step: number, seconds: number, losses: number[]): TrainingState => ({
  optimizer: { step, weights: {}, means: {}, squares: {} },
  losses,
  seconds,
});

Deno.test("a line has a bar, the step, the loss, the speed and the time left", () => {
  // A quarter of the steps in 20 seconds: 60 more. 60 steps of 3 rows of 10 tokens are 1800.
  assertStrictEquals(
    progressLine(RECIPE, after(60, 20, [2, 3, 4])),
    "tiny [######------------------] step 60/240  loss 3.000  90 tokens/s  1 min left",
  );
});

Deno.test("the bar is full when all is done and not before", () => {
  const bar = (step: number) => /#*-*(?=\])/.exec(progressLine(RECIPE, after(step, 1, [1])))![0];
  assertStrictEquals(bar(1), "-".repeat(24));
  assertStrictEquals(bar(10), "#" + "-".repeat(23));
  assertStrictEquals(bar(239), "#".repeat(23) + "-");
  assertStrictEquals(bar(240), "#".repeat(24));
});

Deno.test("the loss is the mean of the last fifty steps", () => {
  const losses = [...Array(70).fill(9), ...Array(25).fill(1), ...Array(25).fill(2)];
  const line = progressLine(RECIPE, after(120, 10, losses));
  assertEquals(/loss \S+/.exec(line)?.[0], "loss 1.500");
});

Deno.test("durations are rounded up, and no unit is filled to the brim", () => {
  const said = [0, 0.2, 45, 59, 59.5, 60, 61, 3540, 3541, 3600, 3900, 36000].map(duration);
  assertEquals(said, [
    ...["0 s", "1 s", "45 s", "59 s", "1 min", "1 min", "2 min"],
    ...["59 min", "1 h 0 min", "1 h 0 min", "1 h 5 min", "10 h 0 min"],
  ]);
});
