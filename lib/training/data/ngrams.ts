import { type Score, scoreOf, type TokenLoss } from "../evaluate.ts";
import type { Tokenizer } from "../../model/mod.ts";
import type { TokenizedText } from "./tokenizer.ts";

/** A model of the next token that looks at no more than the two tokens before it. */
export interface Ngram {
  readonly name: string;
  /**
   * How probable `next` is after `last`; over all `next` it sums to one.
   *
   * @param earlier The token before `last`, where there is one.
   */
  probability(next: number, last: number, earlier?: number): number;
}

/** Every token is as probable as any other: what knowing nothing costs. */
export function uniform(d_vocab: number): Ngram {
  return { name: "uniform", probability: () => 1 / d_vocab };
}

/** The add-one bigram table: (times `next` followed `last` + 1) / (times anything did + d_vocab). */
export function bigram(texts: readonly { tokens: ArrayLike<number> }[], d_vocab: number): Ngram {
  const pairs = new Float64Array(d_vocab * d_vocab); // [last, next]
  const totals = new Float64Array(d_vocab); // [last]
  for (const { tokens } of texts) {
    for (let i = 1; i < tokens.length; i++) {
      pairs[tokens[i - 1] * d_vocab + tokens[i]]++;
      totals[tokens[i - 1]]++;
    }
  }
  return {
    name: "bigram, add-one",
    probability: (next, last) => (pairs[last * d_vocab + next] + 1) / (totals[last] + d_vocab),
  };
}

/** Scores an n-gram model on every token but the first of each text. */
export function scoreNgram(
  ngram: Ngram,
  texts: readonly TokenizedText[],
  tokenizer: Pick<Tokenizer, "characters">,
): Score {
  return scoreOf(lossesOf(ngram, texts), tokenizer);
}

function* lossesOf(ngram: Ngram, texts: readonly TokenizedText[]): Iterable<TokenLoss> {
  for (const { tokens } of texts) {
    for (let i = 1; i < tokens.length; i++) {
      yield [tokens[i], -Math.log(ngram.probability(tokens[i], tokens[i - 1], tokens[i - 2]))];
    }
  }
}
