import type { Model } from "../model/model.ts";
import { run } from "../runtime/run.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { logProbabilities, mean, meanByPosition, tokenLogProbabilities } from "./loss.ts";

/** How likely a model thought some tokens of a text to be, as evidence: probabilities. */
export type Guesses = {
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
export async function guesses(model: Model, rows: Tokens): Promise<Guesses> {
  const { logits } = await run(model, rows);
  const likely = (ahead: number) =>
    meanByPosition(tokenLogProbabilities(logits, rows, ahead).map((row) => row.map(Math.exp)));
  const nextByPosition = likely(1);
  const chance = 1 / model.config.d_vocab;
  return { next: mean(nextByPosition), own: mean(likely(0)), nextByPosition, chance };
}

/** Losses inside the window, where the next token stands beside, and at its end, in nats. */
export type InsideAndLast = {
  /** For each row the mean over all positions but the last. */
  readonly inside: readonly number[];
  /** For each row the loss at the last position, whose next token is not in the window. */
  readonly last: readonly number[];
};

/**
 * Runs a model on all tokens of each row but the last one, which is only predicted.
 *
 * @param rows Of one token more than the window holds.
 */
export async function insideAndLast(model: Model, rows: Tokens): Promise<InsideAndLast> {
  const { logits } = await run(model, rows.map((row) => row.slice(0, -1)));
  const end = logits.shape[1] - 1;
  const loss = (r: number, p: number) => -logProbabilities(logits.get(r, p).data)[rows[r][p + 1]];
  const places = [...Array(end).keys()];
  return {
    inside: rows.map((_, r) => mean(places.map((p) => loss(r, p)))),
    last: rows.map((_, r) => loss(r, end)),
  };
}
