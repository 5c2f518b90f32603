import type { Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { logProbability } from "./log_probability.ts";

/** What a model expects after each token of a text, as evidence. */
export type BestGuesses = {
  /** The token that it holds for the likeliest: [pos]. */
  readonly best: readonly number[];
  /** The probability that it gives it: [pos]. */
  readonly sure: readonly number[];
};

/** Asks a model for its best guess of the next token at each position of one text. */
export async function bestGuesses(model: Model, tokens: readonly number[]): Promise<BestGuesses> {
  const { logits } = await run(model, [tokens]);
  const rows = tokens.map((_, p) => logits.get(0, p).data);
  const best = rows.map((row) => row.indexOf(row.reduce((a, b) => Math.max(a, b))));
  return { best, sure: best.map((token, p) => Math.exp(logProbability(rows[p], token))) };
}
