import type { Tokenizer } from "../model/mod.ts";
import type { TokenizedText } from "./data/tokenizer.ts";

/** How well some texts were predicted. Losses are in nats: natural logarithms. */
export interface Score {
  /** The mean of -ln(probability) over the tokens that were predicted. */
  readonly perToken: number;
  /** By characters that begin in them: comparable between vocabularies, as loss per token is not. */
  readonly perCharacter: number;
}

/**
 * The losses of some rows of equal length: for each row of n + 1 tokens, the n losses of tokens
 * 1 to n, each predicted from the tokens before it in its row.
 */
export type Losses = (rows: number[][]) => Promise<number[][]>;

/** A token that was predicted, and -ln of the probability that it was given. */
export type TokenLoss = readonly [token: number, nats: number];

/**
 * Cuts texts into rows of at most `length + 1` tokens in which every token but the first of each
 * text is a target exactly once: each row begins with the last token of the row before it. A
 * text's first token is never a target, since nothing comes before it.
 */
export function evaluationRows(texts: readonly TokenizedText[], length: number): number[][] {
  const rows: number[][] = [];
  for (const { tokens } of texts) {
    for (let start = 0; start + 1 < tokens.length; start += length) {
      rows.push(Array.from(tokens.slice(start, start + length + 1)));
    }
  }
  return rows;
}

/**
 * Scores a model on rows, at most `batch` at a time. Rows of different lengths never share a batch,
 * so nothing has to be padded.
 *
 * @throws {RangeError} If the losses do not fit the rows, or one of them is not a number.
 */
export async function evaluate(
  rows: readonly number[][],
  losses: Losses,
  { tokenizer, batch }: { tokenizer: Pick<Tokenizer, "characters">; batch: number },
): Promise<Score> {
  const found: TokenLoss[] = [];
  for (const sameLength of Map.groupBy(rows, (row) => row.length).values()) {
    for (let start = 0; start < sameLength.length; start += batch) {
      const some = sameLength.slice(start, start + batch);
      const each = await losses(some);
      some.forEach((row, i) => found.push(...targetsOf(row, each[i])));
    }
  }
  return scoreOf(found, tokenizer);
}

/** A row's targets, which are all but its first token, with their losses. */
function targetsOf(row: readonly number[], losses: readonly number[] | undefined): TokenLoss[] {
  if (losses?.length === row.length - 1) return losses.map((nats, i) => [row[i + 1], nats]);
  const given = losses?.length ?? "none";
  throw new RangeError(
    `Cannot score a row of ${row.length} tokens: it must have ${
      row.length - 1
    } losses, got ${given}`,
  );
}

/** Sums losses over the tokens and characters that they are for. */
export function scoreOf(
  losses: Iterable<TokenLoss>,
  tokenizer: Pick<Tokenizer, "characters">,
): Score {
  let [tokens, characters, nats] = [0, 0, 0];
  for (const [token, loss] of losses) {
    if (!Number.isFinite(loss)) {
      throw new RangeError(`Cannot score token ${token}: its loss must be a number, got ${loss}`);
    }
    tokens++;
    characters += tokenizer.characters(token);
    nats += loss;
  }
  return { perToken: nats / tokens, perCharacter: nats / characters };
}
