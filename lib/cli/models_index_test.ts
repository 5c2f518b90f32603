import { assertEquals } from "@std/assert";
import { seeds } from "../training/recipe.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import type { AnyRecipe } from "./any_recipe.ts";
import { modelsIndex } from "./models_index.ts";

const ONE = tinyRecipe({ name: "gpt" });
const SEEDS = seeds([1, 7], () => tinyRecipe({ name: "learned-x4" }));
const TOY: AnyRecipe = {
  ...tinyRecipe({ name: "toy" }),
  config: { n_features: 5, d_hidden: 2, sparsity: 0, decay: 1 },
};
const SOURCE = modelsIndex([ONE, ...SEEDS, TOY]);

/** The groups of every match. */
const found = (pattern: RegExp, source = SOURCE) =>
  [...source.matchAll(pattern)].map((each) => each.slice(1));

Deno.test("each recipe file is imported once, by a name that is one", () => {
  assertEquals(found(/^import (\w+) from "(.*)";$/gm), [
    ["gpt", "./gpt/recipe.ts"],
    ["learnedX4", "./learned-x4/recipe.ts"],
    ["toy", "./toy/recipe.ts"],
  ]);
});

Deno.test("a model's recipe is its file's only one, or that of its seed, in order", () => {
  assertEquals(found(/^ {2}"(.*)": fixture\(([^,]*),/gm), [
    ["gpt", "gpt"],
    ["learned-x4/1", "learnedX4[0]"],
    ["learned-x4/7", "learnedX4[1]"],
    ["toy", "toy"],
  ]);
});

Deno.test("files are imported literally, from the folder of the model's name", () => {
  const files = ["card.json", "config.json", "model.safetensors"];
  assertEquals(
    found(/\(\) => import\("(.*?)", \{ with: \{ type: "bytes" \} \}\)/g).flat(),
    [ONE, ...SEEDS, TOY].flatMap(({ name }) => files.map((file) => `./${name}/${file}`)),
  );
});

Deno.test("transformers and toys are apart", () => {
  const [before, behind] = SOURCE.split("export const toyAutoencoders");
  assertEquals(found(/^ {2}"(.*)": /gm, before).at(-1), ["learned-x4/7"]);
  assertEquals(found(/^ {2}"(.*)": /gm, behind), [["toy"]]);
});
