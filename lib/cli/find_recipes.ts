import type { Recipe } from "../training/recipe.ts";

/**
 * Every recipe by name, in order of name. They are found by their files, so that a new one needs no
 * registration.
 *
 * @param fixtures The folder that has a folder for each model.
 * @throws {Error} If a recipe has another name than its folder.
 */
export async function findRecipes(fixtures: URL): Promise<Map<string, Recipe>> {
  const recipes = new Map<string, Recipe>();
  const folders: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(fixtures)) {
    if (isDirectory) folders.push(name);
  }
  for (const name of folders.sort()) {
    const recipe = await readRecipe(new URL(`${name}/recipe.ts`, fixtures));
    if (!recipe) continue;
    if (recipe.name !== name) {
      throw new Error(
        `fixtures/${name}/recipe.ts: its name must be "${name}", got "${recipe.name}"`,
      );
    }
    recipes.set(name, recipe);
  }
  return recipes;
}

/**
 * The recipes of some names, or all of them where there are none.
 *
 * @throws {RangeError} If there is no recipe of a name.
 */
export function chooseRecipes(
  recipes: ReadonlyMap<string, Recipe>,
  names: readonly string[],
): Recipe[] {
  if (names.length === 0) return [...recipes.values()];
  return names.map((name) => {
    const recipe = recipes.get(name);
    if (recipe) return recipe;
    throw new RangeError(`No recipe "${name}": there are ${[...recipes.keys()].join(", ")}`);
  });
}

async function readRecipe(file: URL): Promise<Recipe | undefined> {
  if (!await Deno.stat(file).then(() => true, () => false)) return undefined;
  const recipe: Recipe | undefined = (await import(file.href)).default;
  return recipe?.config ? recipe : undefined; // the tokenizer has a recipe of another kind
}
