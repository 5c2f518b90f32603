import { type Card, parseCard } from "../model/files/card.ts";
import { sha256 } from "../model/files/sha256.ts";
import type { TrainedFiles } from "../training/finish.ts";
import type { Recipe } from "../training/recipe.ts";
import { writeWhole } from "../training/whole_file.ts";

/** The folder of a recipe's model. */
export function fixtureFolder({ name }: Pick<Recipe, "name">, root: URL): URL {
  return new URL(`fixtures/models/${name}/`, root);
}

/** The card that is there; none where it is missing or damaged, which training it anew repairs. */
export async function cardIn(folder: URL): Promise<Card | undefined> {
  try {
    return parseCard(JSON.parse(await Deno.readTextFile(new URL("card.json", folder))));
  } catch {
    return undefined;
  }
}

/**
 * A trained model's files as they are there.
 *
 * @throws {Error} If one is missing, or the weights are not those that the card vouches for.
 */
export async function readFixture(folder: URL): Promise<TrainedFiles> {
  const files = {
    "model.safetensors": await Deno.readFile(new URL("model.safetensors", folder)),
    "config.json": await Deno.readTextFile(new URL("config.json", folder)),
    "card.json": await Deno.readTextFile(new URL("card.json", folder)),
  };
  const required = parseCard(JSON.parse(files["card.json"])).weights_sha256;
  const given = await sha256(files["model.safetensors"]);
  if (given === required) return files;
  throw new Error(`Damaged weights: their SHA-256 must be the card's ${required}, got ${given}`);
}

/** Puts a trained model's files there. */
export async function writeFixture(folder: URL, files: TrainedFiles): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  // The card comes last: it vouches for the other files.
  for (const [file, content] of Object.entries(files)) {
    await writeWhole(new URL(file, folder), content);
  }
}
