import type { Model } from "../../model/mod.ts";
import { run, type RunOptions, type Tokens } from "../../runtime/mod.ts";
import { max, mean, min, standardError, sum, type Tensor } from "../../tensor/mod.ts";
import type { RepeatedBlocks } from "../texts/draw_repeats.ts";
import { calibratedLosses, type Choice } from "./calibrated_losses.ts";
import { logSum } from "./log_probability.ts";
import { lossByPosition } from "./loss.ts";

/** How well a model goes on with blocks that are said again, as evidence. Losses are in nats. */
export type Continuation = {
  /** The mean loss where a block is said again, less its first token: that it begins is news. */
  readonly loss: number;
  /** The standard error of that, over rows; 0 where there is one. */
  readonly error: number;
  /** The probability given there to the tokens of the block, all together. */
  readonly inBlock: number;
  /** What they would have if every token of the vocabulary had the same. */
  readonly inBlockByChance: number;
  /** The loss of who knows the block's tokens and not which comes next: the mean of ln(block). */
  readonly evenly: number;
  /**
   * How much of that is known, from 0 to 1: which of the block's tokens comes next, however sure the
   * model is of it. All guesses are made as sure as suits them best together.
   */
  readonly known: number;
  /** Row by row: how long its block was, its loss, and how much is known. */
  readonly rows: readonly {
    readonly block: number;
    readonly loss: number;
    readonly known: number;
  }[];
  /** The mean loss of the token that stands so many places after the block began again. */
  readonly around: readonly { readonly place: number; readonly nats: number }[];
};

/**
 * Runs a model on blocks said again and again, and measures how it goes on.
 *
 * @param changes What is changed on the way; nothing unless told.
 */
export async function continuation(
  model: Model,
  repeats: RepeatedBlocks,
  changes: Pick<RunOptions, "interventions" | "intervene"> = {},
): Promise<Continuation> {
  const { logits } = await run(model, repeats.tokens, changes);
  const { tokens, blocks } = repeats;
  const rows = tokens.map((row, r) => guessesOf(logits.get(r), row, blocks[r]));
  const { d_vocab } = model.config;
  const again = rows.map((guesses) => guesses.filter(({ place }) => place > 0));
  const meanOfRows = (read: (guess: Guess) => number) => again.map((row) => mean(row.map(read)));
  const losses = meanOfRows(({ nats }) => nats);
  const calibrated = calibratedLosses(again.map((row) => row.map(({ among }) => among)));
  const evenly = mean(blocks.map(Math.log));
  return {
    loss: mean(losses),
    error: losses.length > 1 ? standardError(losses) : 0,
    inBlock: mean(meanOfRows(({ inBlock }) => inBlock)),
    inBlockByChance: mean(blocks) / d_vocab,
    evenly,
    known: 1 - mean(calibrated) / evenly,
    rows: blocks.map((block, r) => (
      { block, loss: losses[r], known: 1 - calibrated[r] / Math.log(block) }
    )),
    around: around(rows, blocks),
  };
}

/**
 * One prediction: of which place after the block began again, its loss, the block's share, and the
 * choice among the block's tokens.
 */
interface Guess {
  readonly place: number;
  readonly nats: number;
  readonly inBlock: number;
  readonly among: Choice;
}

/** @param logits Of one row: [pos, d_vocab]. */
function guessesOf(logits: Tensor, row: readonly number[], block: number): Guess[] {
  const words = row.slice(0, block);
  return row.slice(1).map((token, p) => {
    const { data } = logits.get(p);
    const { top, rest } = logSum(data);
    const inBlock = sum(words.map((word) => Math.exp(data[word] - top - rest)));
    const among = { scores: words.map((word) => data[word]), right: words.indexOf(token) };
    return { place: p + 1 - block, nats: top + rest - data[token], inBlock, among };
  });
}

/** The places that every row has. */
function around(rows: readonly (readonly Guess[])[], blocks: readonly number[]) {
  const from = 1 - min(blocks);
  const to = rows[0].length - max(blocks);
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    place: from + i,
    nats: mean(rows.map((guesses, r) => guesses[from + i + blocks[r] - 1].nats)),
  }));
}

/** The loss on rows of two blocks, in nats, as evidence. */
export type RepeatedTokensLoss = {
  /** The mean over rows at each position but the last. */
  readonly byPosition: readonly number[];
  /** The mean within the first block. */
  readonly first: number;
  /** The mean within the second block, less its first token: that it begins again is news. */
  readonly again: number;
  /** What it costs to hold all tokens for equally likely: ln d_vocab. */
  readonly chance: number;
};

/**
 * How well a model predicts each of two blocks, such as {@linkcode drawRepeatedTokens} draws.
 *
 * @param rows Each of two blocks of one length.
 */
export async function lossOnRepeatedTokens(
  model: Model,
  rows: Tokens,
): Promise<RepeatedTokensLoss> {
  const byPosition = await lossByPosition(model, rows);
  const block = rows[0].length / 2;
  const [first, again] = [byPosition.slice(0, block - 1), byPosition.slice(block)];
  const chance = Math.log(model.config.d_vocab);
  return { byPosition, first: mean(first), again: mean(again), chance };
}
