import type { Ngram } from "./ngrams.ts";
import type { TokenizedText } from "./tokenizer.ts";

/**
 * A trigram model by interpolated Kneser-Ney smoothing (Kneser and Ney, 1995, as Chen and Goodman,
 * 1999, interpolate it), the strongest classical way to mix trigram, bigram and unigram counts. A
 * discount is taken off every count, and what that frees goes to the next shorter context, whose
 * counts are in how many different contexts a token was seen, not how often. The discounts come
 * from the counts themselves, so nothing is fitted on other text.
 */
export function trigram(texts: readonly TokenizedText[], d_vocab: number): Ngram {
  const triples = countTriples(texts, d_vocab);
  const pairs = contexts(triples, d_vocab ** 2);
  const singles = contexts(pairs, d_vocab);
  const [third, second, first] = [triples, pairs, singles].map((counts) => level(counts, d_vocab));
  return {
    name: "trigram, interpolated Kneser-Ney",
    probability: (next, last, earlier) => {
      const shorter = second(last, next, first(0, next, 1 / d_vocab));
      return earlier === undefined ? shorter : third(earlier * d_vocab + last, next, shorter);
    },
  };
}

/** How often each n-gram was seen, by the number whose digits in base `d_vocab` are its tokens. */
type Counts = ReadonlyMap<number, number>;

/** The probability of a token in a context, given its probability in the next shorter context. */
type Level = (context: number, next: number, shorter: number) => number;

function countTriples(texts: readonly TokenizedText[], d_vocab: number): Counts {
  const counts = new Map<number, number>();
  for (const { tokens } of texts) {
    for (let i = 2; i < tokens.length; i++) {
      add(counts, (tokens[i - 2] * d_vocab + tokens[i - 1]) * d_vocab + tokens[i], 1);
    }
  }
  return counts;
}

/** For each n-gram without its first token: how many different first tokens it was seen with. */
function contexts(counts: Counts, first: number): Counts {
  const found = new Map<number, number>();
  for (const ngram of counts.keys()) add(found, ngram % first, 1);
  return found;
}

function level(counts: Counts, d_vocab: number): Level {
  const off = discount(counts);
  const totals = new Map<number, number>();
  const kinds = new Map<number, number>();
  for (const [ngram, count] of counts) {
    add(totals, Math.floor(ngram / d_vocab), count);
    add(kinds, Math.floor(ngram / d_vocab), 1);
  }
  return (context, next, shorter) => {
    const total = totals.get(context);
    if (total === undefined) return shorter;
    const kept = Math.max(0, (counts.get(context * d_vocab + next) ?? 0) - off);
    return (kept + off * kinds.get(context)! * shorter) / total;
  };
}

/** n1 / (n1 + 2 n2), of n-grams seen once and twice; 1/2 where none was seen once. */
function discount(counts: Counts): number {
  let once = 0;
  let twice = 0;
  for (const count of counts.values()) {
    if (count === 1) once++;
    if (count === 2) twice++;
  }
  return once === 0 ? 0.5 : once / (once + 2 * twice);
}

function add(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
