import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AnyRecipe } from "./any_recipe.ts";
import { seeds } from "../training/recipe.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { modelsIndex } from "./models_index.ts";

const ONE = tinyRecipe({ name: "gpt" });
const SEEDS = seeds([1, 7], () => tinyRecipe({ name: "learned-x4" }));
const TOY: AnyRecipe = {
  ...tinyRecipe({ name: "toy" }),
  config: { n_features: 5, d_hidden: 2, sparsity: 0, decay: 1 },
};
const SOURCE = modelsIndex([ONE, ...SEEDS, TOY]);

/** What stands between an exported constant and the end of its list. */
function listed(constant: string): string {
  return SOURCE.split(`export const ${constant}`)[1].split("\n]")[0].split("\n}")[0];
}

Deno.test("each recipe file is imported once, by a name that is one", () => {
  assertEquals([...SOURCE.matchAll(/^import (\w+) from "(.*)";$/gm)].map((each) => each.slice(1)), [
    ["gpt", "./gpt/recipe.ts"],
    ["learnedX4", "./learned-x4/recipe.ts"],
    ["toy", "./toy/recipe.ts"],
  ]);
});

Deno.test("files are imported literally, from the folder of the model's name", () => {
  for (const { name } of [ONE, ...SEEDS, TOY]) {
    for (const file of ["card.json", "config.json", "model.safetensors"]) {
      const path = `${name}/${file}`;
      const line = `"${path}": () => import("./${path}", { with: { type: "bytes" } }),`;
      assertStringIncludes(SOURCE, line);
    }
  }
});

Deno.test("transformers and toys are apart, with all of their seeds", () => {
  const names = (constant: string) =>
    [...listed(constant).matchAll(/^ {2}(\w+),$/gm)].map((x) => x[1]);
  assertEquals(names("transformerRecipes"), ["gpt", "learnedX4"]);
  assertEquals(names("autoencoderRecipes"), ["toy"]);
  const models = (constant: string) =>
    [...listed(constant).matchAll(/^ {2}"(.*?)\/card\.json"/gm)].map((x) => x[1]);
  assertEquals(models("transformerFiles"), ["gpt", "learned-x4/1", "learned-x4/7"]);
  assertEquals(models("autoencoderFiles"), ["toy"]);
});
