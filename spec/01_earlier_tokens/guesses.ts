import memoize from "memoize";
import type { Model } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** What a model guesses, on texts and in the sentence. */
export type Guesses = probes.TokenProbabilities & Awaited<ReturnType<typeof guessesInSentence>>;

/** What a model guessed on text that it has never seen; two beliefs are about the same run. */
export const guessesOnHeldOutText: (model: Model) => Promise<Guesses> = memoize(
  async (model: Model) => {
    const rows = await texts.heldOutRows({ rows: 8, length: model.config.n_ctx });
    return { ...await probes.tokenProbabilities(model, rows), ...await guessesInSentence(model) };
  },
  { cache: new WeakMap() },
);

/** What the model expects after each word piece of the sentence, in word pieces. */
async function guessesInSentence(model: Model) {
  const [{ ids, pieces }, tokenizer] = [await texts.sentenceTokens(), await texts.booksTokenizer()];
  const { best, sure } = await probes.bestGuesses(model, ids);
  return { pieces, best: best.map((id) => tokenizer.decode([id])), sure };
}
