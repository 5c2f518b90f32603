import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { makeConfig } from "../model/mod.ts";
import { tinyRecipe } from "./testing/tiny_recipe.ts";
import { changes, fingerprint, type Recipe, recipeFile, seeds, tokensIn } from "./recipe.ts";

const RECIPE = tinyRecipe();

/** The recipe with one thing changed, by what is then said of it. */
const CHANGED: Record<string, Partial<Recipe>> = {
  "name must be huge, got tiny": { name: "huge" },
  "seed must be 2, got 1": { seed: 2 },
  "steps must be 21, got 60": { steps: 21 },
  "batch must be 4, got 2": { batch: 4 },
  "config.tied must be true, got false": { config: makeConfig({ ...RECIPE.config, tied: true }) },
  "optimizer.rate must be 0.01, got 0.02": { optimizer: { ...RECIPE.optimizer, rate: 0.01 } },
  "optimizer.betas must be [0.9,0.95], got [0.9,0.98]": {
    optimizer: { ...RECIPE.optimizer, betas: [0.9, 0.95] },
  },
  "from must be gpt, interpolated, got nothing": {
    start: { name: "gpt, interpolated", weights: () => Promise.resolve({}) },
  },
  "taught must be last position, got nothing": { taught: "last position" },
};

for (const [said, change] of Object.entries(CHANGED)) {
  Deno.test(`a change of recipe is noticed and named: ${said}`, () => {
    const changed = { ...RECIPE, ...change };
    assertNotEquals(fingerprint(changed), fingerprint(RECIPE));
    assertEquals(changes(changed, fingerprint(RECIPE)), [said]);
  });
}

Deno.test("what a recipe is for decides nothing, and its functions cannot be compared", () => {
  const described = { ...RECIPE, purpose: "another", data: RECIPE.data };
  assertStrictEquals(fingerprint(described), fingerprint(RECIPE));
  assertEquals(changes(described, fingerprint(RECIPE)), []);
});

Deno.test("weights to go on from are told apart by what they are called", () => {
  const from = (name: string): Recipe => {
    return { ...RECIPE, start: { name, weights: () => Promise.reject(new Error("not needed")) } };
  };
  assertStrictEquals(fingerprint(from("gpt")), fingerprint(from("gpt")));
  assertEquals(changes(from("gpt"), fingerprint(from("learned/1"))), [
    "from must be gpt, got learned/1",
  ]);
  assertEquals(changes(RECIPE, fingerprint(from("gpt"))), ["from must be left out, got gpt"]);
});

Deno.test("a recipe under several seeds is one of each, with the seed in its name", () => {
  const asked: number[] = [];
  const found = seeds([1, 7], (seed) => {
    asked.push(seed);
    const { seed: _, ...rest } = RECIPE;
    return { ...rest, steps: 10 * seed };
  });
  assertEquals(asked, [1, 7], "what depends on the seed may");
  assertEquals(found, [
    { ...RECIPE, name: "tiny/1", seed: 1, steps: 10 },
    { ...RECIPE, name: "tiny/7", seed: 7, steps: 70 },
  ]);
  assertNotEquals(fingerprint(found[0]), fingerprint(found[1]));
});

Deno.test("the seeds of a recipe share its file; a number that is no seed belongs to the name", () => {
  const files = ["gpt", "learned/1", "learned/12", "width-16/2", "attn-2l"].map((name) =>
    recipeFile({ name })
  );
  assertEquals(files, [
    "fixtures/models/gpt/recipe.ts",
    "fixtures/models/learned/recipe.ts",
    "fixtures/models/learned/recipe.ts",
    "fixtures/models/width-16/recipe.ts",
    "fixtures/models/attn-2l/recipe.ts",
  ]);
});

Deno.test("several changes are all named, and what is no fingerprint is said to be none", () => {
  const changed = { ...RECIPE, seed: 2, steps: 21 };
  assertEquals(changes(changed, fingerprint(RECIPE)), [
    "seed must be 2, got 1",
    "steps must be 21, got 60",
  ]);
  assertEquals(changes(RECIPE, undefined), ["it must name its recipe, got nothing"]);
});

Deno.test("tokens are counted as often as they are predicted", () => {
  assertStrictEquals(tokensIn(RECIPE), 60 * 2 * 6);
});
