import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import { mean, meanOverRows } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** What a model guesses, on texts and in the sentence. */
export type Guesses =
  & Omit<probes.TokenProbabilities, "chance">
  & Awaited<ReturnType<typeof nextByPlace>>
  & Awaited<ReturnType<typeof guessesInSentence>>;

/**
 * Windows of text. The mean probability differs from one to the next by some hundredths: that of
 * four is known ten times as well as it must be to tell it from certainty.
 */
const ROWS = 4;

/** What a model guessed on text that it has never seen; two beliefs are about the same run. */
export const guessesOnHeldOutText: (model: Model) => Promise<Guesses> = memoize(
  async (model: Model) => {
    const rows = await texts.heldOutRows({ rows: ROWS, length: model.config.n_ctx });
    const { logits } = await run(model, rows);
    const at = rows.map((row, r) => row.map((_, p) => probabilities(logits.get(r, p).data)));
    const likely = rows.map((row, r) => row.slice(1).map((token, p) => at[r][p](token)));
    const own = rows.flatMap((row, r) => row.map((token, p) => at[r][p](token)));
    const nextByPosition = meanOverRows(likely);
    return {
      ...{ next: mean(nextByPosition), own: mean(own), nextByPosition },
      ...await nextByPlace(rows, likely),
      ...await guessesInSentence(model),
    };
  },
  { cache: new WeakMap() },
);

/** How likely each token is, by logits over the vocabulary: summed up once for all that ask. */
function probabilities(logits: Float32Array): (token: number) => number {
  const first = probes.logProbability(logits, 0);
  return (token) => Math.exp(first + logits[token] - logits[0]);
}

/** The mean probability of the next token where it goes on with a word, and elsewhere. */
async function nextByPlace(rows: number[][], likely: number[][]) {
  const tokenizer = await texts.tokenizer();
  const next = rows.flatMap((row, r) =>
    row.slice(1).map((token, p) => ({
      goesOn: /^\p{L}/u.test(tokenizer.decode([token])),
      probability: likely[r][p],
    }))
  );
  // Where tokens are not known by their letters, no word goes on: all are averaged.
  const average = (inside: boolean) => {
    const chosen = next.filter(({ goesOn }) => goesOn === inside);
    return mean((chosen.length > 0 ? chosen : next).map(({ probability }) => probability));
  };
  return { insideWords: average(true), elsewhere: average(false) };
}

/** What the model expects after each word piece of the sentence, in word pieces. */
async function guessesInSentence(model: Model) {
  const [{ ids, pieces }, tokenizer] = [await texts.sentenceTokens(), await texts.tokenizer()];
  const { best, sure } = await probes.bestGuesses(model, ids);
  return { pieces, best: best.map((id) => tokenizer.decode([id])), sure };
}
