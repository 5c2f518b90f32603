import { type AnyRecipe, isAutoencoder } from "./any_recipe.ts";
import { nameWithoutSeed } from "../training/recipe.ts";

/**
 * The source of `fixtures/models/index.ts`: every recipe, and the files of every trained model as
 * literal imports, which need no permission, where computed ones would.
 */
export function modelsIndex(recipes: readonly AnyRecipe[]): string {
  const transformers = recipes.filter((recipe) => !isAutoencoder(recipe));
  const autoencoders = recipes.filter(isAutoencoder);
  return `// Written by \`deno task fixtures\` from the recipes that there are: not to be edited.
// deno-fmt-ignore-file
import type { AutoencoderRecipe } from "../training/autoencoder.ts";
import type { Recipe } from "../training/recipe.ts";
${lines(foldersOf(recipes), (name) => `import ${camel(name)} from "./${name}/recipe.ts";`)}

/** The recipe of every transformer. */
export const transformerRecipes: readonly Recipe[] = [
${lines(foldersOf(transformers), (name) => `  ${camel(name)},`)}
].flat();

/** The recipe of every toy autoencoder. */
export const autoencoderRecipes: readonly AutoencoderRecipe[] = [
${lines(foldersOf(autoencoders), (name) => `  ${camel(name)},`)}
].flat();

/** Every file of every transformer, by its path in this folder. */
export const transformerFiles = {
${lines(transformers, filesOf)}
};

/** Every file of every toy autoencoder, by its path in this folder. */
export const autoencoderFiles = {
${lines(autoencoders, filesOf)}
};
`;
}

function lines<T>(things: readonly T[], write: (thing: T) => string): string {
  return things.map(write).join("\n");
}

/** The folders that recipes are in, each once. */
function foldersOf(recipes: readonly AnyRecipe[]): string[] {
  return [...new Set(recipes.map(nameWithoutSeed))];
}

function filesOf({ name }: AnyRecipe): string {
  return lines(["card.json", "config.json", "model.safetensors"], (file) => {
    const path = `${name}/${file}`;
    return `  "${path}": () => import("./${path}", { with: { type: "bytes" } }),`;
  });
}

/** `learned-x4` as `learnedX4`. */
function camel(folder: string): string {
  return folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
