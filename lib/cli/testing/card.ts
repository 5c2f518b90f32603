/** For tests: the card of a model that was not really trained. */
import type { Card } from "../../model/mod.ts";
import type { AnyRecipe } from "../fixtures/any_recipe.ts";
import { recipeFile, tokensIn } from "../../training/recipe.ts";

/** A card that fits a recipe; its figures, hash and curve are made up. */
export function cardOf(recipe: AnyRecipe, change: Partial<Card> = {}): Card {
  return {
    name: recipe.name,
    recipe: recipeFile(recipe),
    seed: recipe.seed,
    data: [],
    steps: recipe.steps,
    tokens: tokensIn(recipe),
    seconds: 61,
    loss_curve: [[recipe.steps, 2]],
    figures: [],
    weights_sha256: "a".repeat(64),
    bytes: 1_234_567,
    ...change,
  };
}
