import type { CardFigure } from "../../model/mod.ts";
import type { Batches } from "./batches.ts";
import { bigram, scoreNgram } from "./ngrams.ts";
import type { Recipe } from "../recipe.ts";
import type { Books } from "./text_data.ts";

/**
 * Adds to what a model is compared with the bigram table of the very rows that it was trained on, which is
 * as much as a model without layers could learn.
 */
export function withOwnBigram(books: () => Promise<Books>, data: Recipe["data"]): Recipe["data"] {
  return async (recipe) => {
    const found = await data(recipe);
    const own = async () => scoreOwnBigram(recipe, found.batches, await books());
    return { ...found, score: async (losses) => [...await found.score(losses), ...await own()] };
  };
}

/** Held-out loss of the bigram table of all rows that a recipe's steps train on. */
export function scoreOwnBigram(
  { steps }: Pick<Recipe, "steps">,
  batches: Batches,
  { heldOut, tokenizer }: Pick<Books, "heldOut" | "tokenizer">,
): CardFigure[] {
  const rows = Array.from({ length: steps }, (_, step) => batches(step)).flat();
  const table = bigram(rows.map((tokens) => ({ tokens })), tokenizer.size);
  const { perCharacter, perToken } = scoreNgram(table, heldOut, tokenizer);
  const label = `held-out loss, bigram of its own batches, add-one`;
  return [
    { label, value: perCharacter, unit: "nats per character" },
    { label, value: perToken, unit: "nats per token" },
  ];
}
