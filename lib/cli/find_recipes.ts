import type { AnyRecipe } from "./any_recipe.ts";
import { nameWithoutSeed, recipeFile } from "../training/recipe.ts";

/**
 * Every recipe by name, in order of name. They are found by their files, so that a new one needs no
 * registration.
 *
 * @param fixtures The folder that has a folder for each model.
 * @throws {Error} If a recipe has another name than its folder, or that with a seed; or if two
 * have one name.
 */
export async function findRecipes(fixtures: URL): Promise<Map<string, AnyRecipe>> {
  const recipes = new Map<string, AnyRecipe>();
  const entries = await Array.fromAsync(Deno.readDir(fixtures));
  const folders = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  for (const folder of folders.sort()) {
    const file = recipeFile({ name: folder });
    for (const recipe of await readRecipes(new URL(`${folder}/recipe.ts`, fixtures))) {
      const { name } = recipe;
      if (nameWithoutSeed(recipe) !== folder) {
        throw new Error(`${file}: its name must be "${folder}", or that and a seed, got "${name}"`);
      }
      if (recipes.has(name)) {
        throw new Error(`${file}: each model must have its own name, got two ${name}`);
      }
      recipes.set(name, recipe);
    }
  }
  return recipes;
}

/**
 * The recipes of some names, each once, or all of them where there are none. A name without a seed
 * is all of its seeds.
 *
 * @throws {RangeError} If there is no recipe of a name.
 */
export function chooseRecipes(
  recipes: ReadonlyMap<string, AnyRecipe>,
  names: readonly string[],
): AnyRecipe[] {
  if (names.length === 0) return [...recipes.values()];
  const chosen = names.flatMap((name) => {
    const found = [...recipes.values()].filter((recipe) =>
      recipe.name === name || nameWithoutSeed(recipe) === name
    );
    if (found.length > 0) return found;
    throw new RangeError(`No recipe "${name}": there are ${[...recipes.keys()].join(", ")}`);
  });
  return [...new Set(chosen)];
}

/** What a file exports: one recipe, or one for each seed. */
async function readRecipes(file: URL): Promise<AnyRecipe[]> {
  if (!await Deno.stat(file).then(() => true, () => false)) return [];
  const exported: AnyRecipe | AnyRecipe[] | undefined = (await import(file.href)).default;
  return [exported ?? []].flat();
}
