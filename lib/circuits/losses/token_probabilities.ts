import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { mean, meanOverRows } from "../../tensor/mod.ts";
import { tokenLogProbabilities } from "./loss.ts";

/** How likely a model thought the tokens of a text to be, as evidence: mean probabilities. */
export type TokenProbabilities = {
  /** Of the token that comes next, over all positions that have one. */
  readonly next: number;
  /** Of the token that stands at the position itself. */
  readonly own: number;
  /** Of the next token, position by position. */
  readonly nextByPosition: readonly number[];
  /** Of any token, if all were equally likely. */
  readonly chance: number;
};

/** Runs a model on rows of text and averages the probabilities that it gave to their tokens. */
export async function tokenProbabilities(model: Model, rows: Tokens): Promise<TokenProbabilities> {
  const { logits } = await run(model, rows);
  const likely = (ahead: number) =>
    meanOverRows(tokenLogProbabilities(logits, rows, ahead).map((row) => row.map(Math.exp)));
  const nextByPosition = likely(1);
  const chance = 1 / model.config.d_vocab;
  return { next: mean(nextByPosition), own: mean(likely(0)), nextByPosition, chance };
}
