import { type Card, loadModel, readCard } from "../model/mod.ts";
import { MODEL_FILES, type ModelFiles } from "../training/finish.ts";
import { inFolder } from "../training/model_folder.ts";
import { modelFolder } from "../training/recipe.ts";
import { type AnyRecipe, formatOf } from "./any_recipe.ts";
import { writeWhole } from "./whole_file.ts";

/** The card that is there; none where it is missing or damaged, which training it anew repairs. */
export async function cardIn(recipe: AnyRecipe, root: URL): Promise<Card | undefined> {
  return await readCard(inFolder(folderOf(recipe, root))).catch(() => undefined);
}

/**
 * A trained model's files as they are there.
 *
 * @throws {Error} If one is missing or damaged, or the weights are not those that the card vouches for.
 */
export async function readFixture(recipe: AnyRecipe, root: URL): Promise<ModelFiles> {
  const read = inFolder(folderOf(recipe, root));
  await loadModel(read, formatOf(recipe));
  const files = MODEL_FILES.map(async (file) => [file, (await read(file))!] as const);
  return Object.fromEntries(await Promise.all(files)) as ModelFiles;
}

/** Puts a trained model's files there. */
export async function writeFixture(
  recipe: AnyRecipe,
  root: URL,
  files: ModelFiles,
): Promise<void> {
  const folder = folderOf(recipe, root);
  await Deno.mkdir(folder, { recursive: true });
  // The card comes last: it vouches for the other files.
  for (const file of MODEL_FILES) await writeWhole(new URL(file, folder), files[file]);
}

function folderOf(recipe: AnyRecipe, root: URL): URL {
  return new URL(modelFolder(recipe), root);
}
