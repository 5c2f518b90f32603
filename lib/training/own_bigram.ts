import type { Recipe } from "./recipe.ts";
import { bigram, scoreNgram } from "./ngrams.ts";
import type { Books } from "./text_data.ts";

/**
 * Adds to what a model is compared with the bigram table of the very rows that it was trained on, which is
 * as much as a model without layers could learn.
 */
export function withOwnBigram(books: () => Promise<Books>, data: Recipe["data"]): Recipe["data"] {
  return async (recipe) => {
    const found = await data(recipe);
    const { heldOut, tokenizer } = await books();
    const score = async (...args: Parameters<typeof found.score>) => {
      const rows = Array.from({ length: recipe.steps }, (_, step) => found.batches(step)).flat();
      const table = bigram(rows.map((row) => ({ tokens: row })), tokenizer.size);
      const { perCharacter, perToken } = scoreNgram(table, heldOut, tokenizer);
      const label = "held-out loss, bigram of its own batches, add-one";
      return [
        ...await found.score(...args),
        { label, value: perCharacter, unit: "nats per character" },
        { label, value: perToken, unit: "nats per token" },
      ];
    };
    return { ...found, score };
  };
}
