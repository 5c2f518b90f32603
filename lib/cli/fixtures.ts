import { type Card, parseCard } from "../model/files/card.ts";
import { readHeader } from "../model/files/safetensors_header.ts";
import { type AnyRecipe, isAutoencoder } from "../training/learners.ts";
import { nameWithoutSeed } from "../training/recipe.ts";
import { writeWhole } from "../training/whole_file.ts";
import { findRecipes } from "./find_recipes.ts";
import { byRecipe, fixturesReadme, type Made } from "./fixtures_readme.ts";
import { lossPicture } from "./loss_picture.ts";
import { modelsIndex } from "./models_index.ts";

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
  const folder = new URL(`models/${recipe.name}/`, fixtures);
  if (!await Deno.stat(folder).then(() => true, () => false)) return undefined;
  try {
    const card = parseCard(JSON.parse(await Deno.readTextFile(new URL("card.json", folder))));
    const { entries } = readHeader(await Deno.readFile(new URL("model.safetensors", folder)));
    const parameters = entries.map(({ shape }) => shape.reduce((size, n) => size * n, 1));
    return { recipe, card, parameters: parameters.reduce((sum, size) => sum + size, 0) };
  } catch (cause) {
    throw new Error(`Cannot read fixtures/models/${recipe.name}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** The highest place of a picture is what guessing costs, or the loss at first where no text is. */
function picture(made: readonly Made[]): string {
  const cards = made.map(({ card }) => card);
  const [{ recipe }] = made;
  const top = isAutoencoder(recipe) ? highest(cards) : Math.log(recipe.config.d_vocab);
  return lossPicture(cards, top);
}

function highest(cards: readonly Card[]): number {
  return Math.max(...cards.flatMap(({ loss_curve }) => loss_curve.map(([, loss]) => loss)));
}

if (import.meta.main) {
  const fixtures = new URL("../../fixtures/", import.meta.url);
  for (const [file, content] of Object.entries(await fixtureFiles(fixtures))) {
    await writeWhole(new URL(file, fixtures), content);
  }
}
