import type { Card, CardFigure } from "../../model/mod.ts";
import { type AnyRecipe, isAutoencoder, sizeInWords } from "../fixtures/any_recipe.ts";
import { tokensIn } from "../../training/recipe.ts";

/** One line on each recipe, with the card of its model where there is one, in columns. */
export function trainList(
  recipes: readonly { readonly recipe: AnyRecipe; readonly card?: Card }[],
): string[] {
  const rows = recipes.map(({ recipe, card }) => [
    recipe.name,
    sizeInWords(recipe),
    `${(tokensIn(recipe) / 1e6).toFixed(1)}M ${isAutoencoder(recipe) ? "examples" : "tokens"}`,
    said(card),
    recipe.purpose,
  ]);
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd());
}

/** What a model reached on what it was not trained on: the first figure of its kind on the card. */
export function reached({ figures }: Card): CardFigure | undefined {
  return figures.find(({ label }) => /loss, model$/.test(label));
}

function said(card: Card | undefined): string {
  if (!card) return "not trained";
  const loss = reached(card);
  return loss ? `${loss.value.toFixed(3)} ${loss.unit}` : "trained";
}
