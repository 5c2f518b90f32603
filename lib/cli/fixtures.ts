import { loadModel, readCard } from "../model/mod.ts";
import { max, sum } from "../tensor/mod.ts";
import { type AnyRecipe, formatOf, isAutoencoder } from "./fixtures/any_recipe.ts";
import { readFrom } from "../training/read_from.ts";
import { modelFolder, nameWithoutSeed } from "../training/recipe.ts";
import { writeWhole } from "./fixtures/whole_file.ts";
import { findRecipes } from "./fixtures/find_recipes.ts";
import { byRecipe, fixturesReadme, type Made } from "./fixtures/readme.ts";
import { lossPicture } from "./fixtures/loss_picture.ts";
import { modelsIndex } from "./fixtures/models_index.ts";

/**
 * The files that `deno task fixtures` writes, by their paths in `fixtures/`: what imports the trained
 * models, the page about them, and its pictures. Models that were not trained yet are left out of
 * the page.
 */
export async function fixtureFiles(fixtures: URL): Promise<Record<string, string>> {
  const recipes = [...(await findRecipes(new URL("models/", fixtures))).values()];
  const found = await Promise.all(recipes.map((recipe) => readMade(recipe, fixtures)));
  const made = found.filter((each) => each !== undefined);
  return {
    "models/index.ts": modelsIndex(recipes),
    "README.md": fixturesReadme(made),
    ...Object.fromEntries(
      byRecipe(made).map((
        each,
      ) => [`models/${nameWithoutSeed(each[0].recipe)}/loss.svg`, picture(each)]),
    ),
  };
}

/** A model with its card; nothing where it was not trained yet. */
async function readMade(recipe: AnyRecipe, fixtures: URL): Promise<Made | undefined> {
  const path = new URL(`models/${recipe.name}/`, fixtures);
  if (!await Deno.stat(path).then(() => true, () => false)) return undefined;
  const [read, folder] = [readFrom(path), modelFolder(recipe)];
  const card = await readCard(read, { folder });
  const { weights } = await loadModel(read, formatOf(recipe), { folder });
  return { recipe, card, parameters: sum(Object.values(weights).map(({ size }) => size)) };
}

/** The highest place of a picture is what guessing costs, or the loss at first where no text is. */
function picture(made: readonly Made[]): string {
  const cards = made.map(({ card }) => card);
  const [{ recipe }] = made;
  const top = isAutoencoder(recipe)
    ? max(cards.flatMap(({ loss_curve }) => loss_curve.map(([, loss]) => loss)))
    : Math.log(recipe.config.d_vocab);
  return lossPicture(cards, top);
}

if (import.meta.main) {
  const fixtures = new URL("../../fixtures/", import.meta.url);
  for (const [file, content] of Object.entries(await fixtureFiles(fixtures))) {
    await writeWhole(new URL(file, fixtures), content);
  }
}
