import { type AnyModel, type Format, gpt2, toyAutoencoder } from "../model/mod.ts";
import { autoencoder, type AutoencoderRecipe } from "../training/autoencoder.ts";
import { languageModel } from "../training/language_model.ts";
import type { Learner } from "../training/learner.ts";
import type { Recipe } from "../training/recipe.ts";

/** A recipe of any kind that there is. */
export type AnyRecipe = Recipe | AutoencoderRecipe;

/** Whether it makes a toy autoencoder. */
export function isAutoencoder(recipe: AnyRecipe): recipe is AutoencoderRecipe {
  return "n_features" in recipe.config;
}

/** How the model that it makes lies in files. */
export function formatOf(recipe: AnyRecipe): Format<AnyModel> {
  return (isAutoencoder(recipe) ? toyAutoencoder : gpt2) as Format<AnyModel>;
}

/** What a recipe trains, with the data that it is to learn from. */
export async function learnerOf(recipe: AnyRecipe): Promise<Learner> {
  if (isAutoencoder(recipe)) return autoencoder(recipe);
  return languageModel(recipe, await recipe.data(recipe));
}

/** How large it is, in a few words. */
export function sizeInWords(recipe: AnyRecipe): string {
  if (isAutoencoder(recipe)) {
    return `${recipe.config.n_features} features in ${recipe.config.d_hidden}`;
  }
  const { n_layers, d_model } = recipe.config;
  return `${n_layers} ${n_layers === 1 ? "layer" : "layers"}, d_model ${d_model}`;
}
