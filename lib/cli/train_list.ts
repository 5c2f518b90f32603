import type { Card } from "../model/card.ts";
import { type Recipe, tokensIn } from "../training/recipe.ts";

/** One line on each recipe, with the card of its model where there is one, in columns. */
export function trainList(
  recipes: readonly { readonly recipe: Recipe; readonly card?: Card }[],
): string[] {
  const rows = recipes.map(({ recipe, card }) => [
    recipe.name,
    size(recipe),
    `${(tokensIn(recipe) / 1e6).toFixed(1)}M tokens`,
    reached(card),
    recipe.purpose,
  ]);
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd());
}

function size({ config: { n_layers, d_model } }: Recipe): string {
  return `${n_layers} ${n_layers === 1 ? "layer" : "layers"}, d_model ${d_model}`;
}

/** What a model reached on text that it was not trained on. */
function reached(card: Card | undefined): string {
  if (!card) return "not trained";
  const loss = card.figures.find(({ label }) => label === "held-out loss, model");
  return loss ? `${loss.value.toFixed(3)} ${loss.unit}` : "trained";
}
