import type { AnyRecipe } from "./any_recipe.ts";
import { nameWithoutSeed, type Plan } from "../training/recipe.ts";

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
  const folders: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(fixtures)) {
    if (isDirectory) folders.push(name);
  }
  for (const folder of folders.sort()) {
    for (const recipe of await readRecipes(new URL(`${folder}/recipe.ts`, fixtures))) {
      checkName(recipe, folder);
      if (recipes.has(recipe.name)) throw twice(recipe, folder);
      recipes.set(recipe.name, recipe);
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

function checkName({ name }: Plan, folder: string): void {
  if (nameWithoutSeed({ name }) === folder) return;
  throw new Error(
    `fixtures/models/${folder}/recipe.ts: its name must be "${folder}", or that and a seed, got "${name}"`,
  );
}

function twice({ name }: Plan, folder: string): Error {
  return new Error(
    `fixtures/models/${folder}/recipe.ts: each model must have its own name, got two ${name}`,
  );
}

/** What a file exports: one recipe, or one for each seed. */
async function readRecipes(file: URL): Promise<AnyRecipe[]> {
  if (!await Deno.stat(file).then(() => true, () => false)) return [];
  const exported: AnyRecipe | AnyRecipe[] | undefined = (await import(file.href)).default;
  return [exported ?? []].flat().filter(({ config }) => config); // the tokenizer's is another kind
}
