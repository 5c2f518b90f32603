import "../runtime/testing/start.ts";
import { assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import { makeConfig } from "../model/mod.ts";
import { openSessions } from "../runtime/mod.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";
import type { Batches } from "./data/batches.ts";
import { type LoopOptions, train, type TrainingState } from "./loop.ts";
import type { Recipe } from "./recipe.ts";
import { counting, tinyRecipe, unscored } from "./testing/tiny_recipe.ts";

/** Trains a language model on counting, or on other batches. */
const learn = (recipe: Recipe, options?: LoopOptions, batches: Batches = counting) =>
  train(recipe, unscored(recipe, batches), options);

/** As few nodes as may be, for tests of the loop and not of what is learned. */
const bare = (change: Partial<Recipe> = {}) =>
  tinyRecipe({ config: makeConfig({ ...tinyRecipe().config, n_layers: 0 }), ...change });

Deno.test("what is trivially predictable is learned, from chance to near certainty", async () => {
  const open = openSessions();
  const config = makeConfig({ ...tinyRecipe().config, attn_only: true, normalization: "none" });
  const fast = { ...tinyRecipe().optimizer, rate: 0.05 };
  const recipe = tinyRecipe({ config, steps: 25, optimizer: fast });
  const { losses, optimizer, seconds } = await learn(recipe);
  assertEquals([losses.length, optimizer.step], [25, 25], "one loss for each step");
  // An even guess among five tokens costs ln 5. The stream is 0.03 * sqrt(8) long, with weights of
  // 0.02 its logits are of the order of 0.002, which is how far from even the guess may be.
  assertAlmostEquals(losses[0], Math.log(5), 0.01, "it starts at chance");
  // Each token has one successor, so nothing but the steps keeps the loss above zero.
  assertLess(losses[24], 0.1, "it ends nearly certain");
  assertLess(0, seconds);
  assertEquals(openSessions(), open, "the session was released");
});

/** Options that stop a run after a step. */
function stopAfter(step: number): Pick<LoopOptions, "onStep" | "signal"> {
  const stop = new AbortController();
  return {
    onStep: ({ optimizer }) => optimizer.step === step && stop.abort(),
    signal: stop.signal,
  };
}

Deno.test("each step asks for its batch once, in order, and only for those still to take", async () => {
  const asked: number[] = [];
  const batches = (step: number) => {
    asked.push(step);
    return counting(step);
  };
  const recipe = bare({ steps: 6 });
  const half = await learn(recipe, stopAfter(4), batches);
  assertEquals(half.optimizer.step, 4, "stopped after the step that was under way");
  await learn(recipe, { from: half }, batches);
  assertEquals(asked, [0, 1, 2, 3, 4, 5]);
});

Deno.test("a run that is taken up again ends in the same bits", async () => {
  const recipe = bare({ steps: 9 });
  const whole = await learn(recipe);
  const part = await learn(recipe, stopAfter(4));
  const from = await decodeSnapshot(recipe, await encodeSnapshot(recipe, part)); // as a snapshot does
  const { optimizer, losses } = await learn(recipe, { from });
  assertEquals(optimizer, whole.optimizer, "weights and running means");
  assertEquals(losses, whole.losses);
});

Deno.test("a run that is over takes no step", async () => {
  const recipe = bare({ steps: 3 });
  const done = await learn(recipe);
  const never = () => Promise.reject(new Error("nothing to save"));
  assertEquals(await learn(recipe, { from: done, save: never }), done);
});

Deno.test("a state is saved every so many steps, and once where the run ends or is stopped", async () => {
  const savedAt = async (steps: number, options: LoopOptions = {}) => {
    const saved: number[] = [];
    const save = ({ optimizer }: TrainingState) => Promise.resolve(void saved.push(optimizer.step));
    await learn(bare({ steps }), { save, saveEvery: 4, ...options });
    return saved;
  };
  assertEquals(await savedAt(10), [4, 8, 10]);
  assertEquals(await savedAt(8), [4, 8], "the end is not saved twice");
  assertEquals(await savedAt(8, stopAfter(3)), [3], "the step it came to");
});

Deno.test("a run that cannot be saved fails, and releases its session", async () => {
  const open = openSessions();
  const save = () => Promise.reject(new Error("the disk is full"));
  const options = { save, saveEvery: 2 };
  await assertRejects(() => learn(bare(), options), Error, "the disk is full");
  assertEquals(openSessions(), open, "the session was released");
});

Deno.test("a loss that is no number any more ends the run, with the step", async () => {
  const open = openSessions();
  const optimizer = { ...tinyRecipe().optimizer, rate: 1e38, warmup: 0 };
  await assertRejects(
    () => learn(bare({ optimizer })),
    Error,
    "Cannot go on training tiny: finite numbers required, got loss NaN and gradient norm NaN at step 1",
  );
  assertEquals(openSessions(), open, "the session was released");
});
