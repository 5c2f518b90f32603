import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { mean, meanOverRows, type Tensor } from "../../tensor/mod.ts";
import { inBatches } from "../texts/in_batches.ts";
import { logProbability } from "./log_probability.ts";

/**
 * How likely the text itself was at each position: the log-probability given to the token that
 * stands `ahead` places on, in nats. 1 is the next token, 0 the position's own.
 *
 * @param logits Of a run on `tokens`, or on all but their last `ahead`: [batch, pos, d_vocab].
 * @returns [row][pos], for the positions whose token is in the row.
 */
export function tokenLogProbabilities(logits: Tensor, tokens: Tokens, ahead = 1): number[][] {
  return tokens.map((row, r) =>
    row.slice(ahead).map((token, p) => logProbability(logits.get(r, p).data, token))
  );
}

/**
 * The cross-entropy of each prediction with the token that comes next, in nats: [row][pos], one
 * shorter than the rows, since nothing follows the last token.
 *
 * @param logits Of a run on `tokens`, or on all but their last: [batch, pos, d_vocab].
 */
export function losses(logits: Tensor, tokens: Tokens): number[][] {
  return tokenLogProbabilities(logits, tokens).map((row) => row.map((logP) => -logP));
}

/** The losses of a model that reads all but the last token of each row, in nats: [row][pos]. */
export async function lossesOfRows(model: Model, rows: Tokens): Promise<number[][]> {
  return losses((await run(model, rows.map((row) => row.slice(0, -1)))).logits, rows);
}

/** Runs a model and averages its loss over rows, position by position, in nats: [pos - 1]. */
export async function lossByPosition(model: Model, tokens: Tokens): Promise<number[]> {
  return meanOverRows(losses((await run(model, tokens)).logits, tokens));
}

/**
 * The loss of each row's last token, which is only predicted: what counts where text is generated,
 * in nats, [row].
 */
export async function lastLosses(model: Model, rows: Tokens): Promise<number[]> {
  const last: number[] = [];
  for (const batch of inBatches(rows)) {
    const { logits } = await run(model, batch.map((row) => row.slice(0, -1)));
    const lossOf = (row: number[], r: number) =>
      -logProbability(logits.get(r, row.length - 2).data, row.at(-1)!);
    last.push(...batch.map(lossOf));
  }
  return last;
}

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
