import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { max, mean, min, standardError, sum, type Tensor } from "../../tensor/mod.ts";
import type { RepeatedBlocks } from "../texts/draw_repeats.ts";
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
  /** The loss that is left once it is known that the next token is one of the block's. */
  readonly within: number;
  /** What that would be if the block's tokens were equally likely: the mean of ln(block). */
  readonly evenly: number;
  /** Row by row: how long its block was, and its two losses. */
  readonly rows: readonly {
    readonly block: number;
    readonly loss: number;
    readonly within: number;
  }[];
  /** The mean loss of the token that stands so many places after the block began again. */
  readonly around: readonly { readonly place: number; readonly nats: number }[];
};

/** Runs a model on blocks said again and again, and measures how it goes on. */
export async function continuation(model: Model, repeats: RepeatedBlocks): Promise<Continuation> {
  const { logits } = await run(model, repeats.tokens);
  const { tokens, blocks } = repeats;
  const rows = tokens.map((row, r) => guessesOf(logits.get(r), row, blocks[r]));
  const { d_vocab } = model.config;
  const again = rows.map((guesses) => guesses.filter(({ place }) => place > 0));
  const meanOfRows = (read: (guess: Guess) => number) => again.map((row) => mean(row.map(read)));
  const losses = meanOfRows(({ nats }) => nats);
  const within = meanOfRows(({ nats, inBlock }) => nats + Math.log(inBlock));
  return {
    loss: mean(losses),
    error: losses.length > 1 ? standardError(losses) : 0,
    inBlock: mean(meanOfRows(({ inBlock }) => inBlock)),
    inBlockByChance: mean(blocks) / d_vocab,
    within: mean(within),
    evenly: mean(blocks.map(Math.log)),
    rows: blocks.map((block, r) => ({ block, loss: losses[r], within: within[r] })),
    around: around(rows, blocks),
  };
}

/** One prediction: of which place after the block began again, its loss, and the block's share. */
interface Guess {
  readonly place: number;
  readonly nats: number;
  readonly inBlock: number;
}

/** @param logits Of one row: [pos, d_vocab]. */
function guessesOf(logits: Tensor, row: readonly number[], block: number): Guess[] {
  const words = row.slice(0, block);
  return row.slice(1).map((token, p) => {
    const { data } = logits.get(p);
    const { top, rest } = logSum(data);
    const inBlock = sum(words.map((word) => Math.exp(data[word] - top - rest)));
    return { place: p + 1 - block, nats: top + rest - data[token], inBlock };
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
