import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { temporaryFolder } from "../training/testing/temporary_folder.ts";
import { chooseRecipes, findRecipes } from "./find_recipes.ts";

const TINY = new URL("../training/testing/tiny_recipe.ts", import.meta.url).href;

/** Recipe files by folder, each the source of what it exports: what is found in them. */
async function found(exported: Record<string, string>) {
  const source = `import { tinyRecipe, tinySeeds } from "${TINY}";\nexport `;
  const files = Object.entries(exported).map((
    [folder, made],
  ) => [`${folder}/recipe.ts`, `${source}${made};\n`]);
  const others = { "empty/notes.txt": "", "notes.ts": "export default 1;\n" };
  await using folder = await temporaryFolder({ ...Object.fromEntries(files), ...others });
  return await findRecipes(folder.url);
}

Deno.test("recipes are found in their folders, in order, and other files are not asked", async () => {
  const recipes = await found({
    "tiny": "default tinySeeds()",
    "other": 'default tinyRecipe({ name: "other" })',
    "tokenizer": "const makes = 1",
  });
  assertEquals([...recipes.keys()], ["other", "tiny/1", "tiny/2"]);
  assertEquals(recipes.get("tiny/2")?.seed, 2);
});

Deno.test("a recipe must have its folder's name, with a seed or without", async () => {
  for (const exported of ["default tinyRecipe()", "default tinySeeds()"]) {
    await assertRejects(
      () => found({ "big": exported }),
      Error,
      'fixtures/models/big/recipe.ts: its name must be "big", or that and a seed, got "tiny',
    );
  }
});

Deno.test("of one name there is one recipe", async () => {
  await assertRejects(
    () => found({ "tiny": "default [...tinySeeds(), ...tinySeeds()]" }),
    Error,
    "fixtures/models/tiny/recipe.ts: each model must have its own name, got two tiny/1",
  );
});

Deno.test("a name without a seed is all of its seeds; nobody is chosen twice", async () => {
  const recipes = await found({
    "tiny": "default tinySeeds()",
    "other": 'default tinyRecipe({ name: "other" })',
  });
  const chosen = (...names: string[]) => chooseRecipes(recipes, names).map(({ name }) => name);
  assertEquals(chosen(), ["other", "tiny/1", "tiny/2"], "all");
  assertEquals(chosen("tiny"), ["tiny/1", "tiny/2"]);
  assertEquals(chosen("tiny/2", "other"), ["tiny/2", "other"], "in the order given");
  assertEquals(chosen("tiny/2", "tiny"), ["tiny/2", "tiny/1"]);
  for (const name of ["tin", "tiny/3", "tiny/"]) {
    assertThrows(
      () => chooseRecipes(recipes, [name]),
      RangeError,
      `No recipe "${name}": there are other, tiny/1, tiny/2`,
    );
  }
});
