import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AnyRecipe } from "../training/learners.ts";
import { seeds } from "../training/recipe.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { checkpointsSource } from "./checkpoints_source.ts";

const ONE = tinyRecipe({ name: "gpt" });
const SEEDS = seeds([1, 7], () => tinyRecipe({ name: "learned-x4" }));
const TOY: AnyRecipe = {
  ...tinyRecipe({ name: "toy" }),
  config: { n_features: 5, d_hidden: 2, sparsity: 0, decay: 1 },
};
const SOURCE = checkpointsSource([ONE, ...SEEDS, TOY]);

Deno.test("each recipe file is imported once, by a name that is one", () => {
  assertEquals([...SOURCE.matchAll(/^import (\w+) from "(.*)";$/gm)].map((each) => each.slice(1)), [
    ["gpt", "./models/gpt/recipe.ts"],
    ["learnedX4", "./models/learned-x4/recipe.ts"],
    ["toy", "./models/toy/recipe.ts"],
  ]);
});

Deno.test("a model's recipe is its file's only one, or that of its seed, in order", () => {
  const recipes = [...SOURCE.matchAll(/^ {2}"(.*)": \{\n {4}recipe: (.*),$/gm)];
  assertEquals(recipes.map((each) => each.slice(1)), [
    ["gpt", "gpt"],
    ["learned-x4/1", "learnedX4[0]"],
    ["learned-x4/7", "learnedX4[1]"],
    ["toy", "toy"],
  ]);
});

Deno.test("files are imported literally, from the folder of the model's name", () => {
  for (const { name } of [ONE, ...SEEDS, TOY]) {
    for (const file of ["card.json", "config.json", "model.safetensors"]) {
      assertStringIncludes(
        SOURCE,
        `import("./models/${name}/${file}", { with: { type: "bytes" } })`,
      );
    }
  }
});

Deno.test("transformers and toys are apart", () => {
  const [before, behind] = SOURCE.split("export const autoencoderCheckpoints");
  assertStringIncludes(before, '"learned-x4/7": {');
  assertStringIncludes(behind, '"toy": {');
});
