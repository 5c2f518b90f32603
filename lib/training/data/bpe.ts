import { ByteLevelPreTokenizer } from "@huggingface/tokenizers";
import { BYTE_LETTERS, PRE_TOKENIZER } from "../../model/tokenizer/byte_level.ts";

/** Two tokens that become one. */
export type Merge = readonly [left: number, right: number];

const preTokenizer = new ByteLevelPreTokenizer(PRE_TOKENIZER);

/**
 * Learns a byte-level byte-pair encoding (Sennrich et al., 2016; Radford et al., 2019): tokens 0 to
 * 255 are the bytes, and token 256 + i is made by merge i. Each merge joins the pair that occurs
 * most often; of equally frequent pairs the one whose left token is lowest, then whose right token
 * is lowest. So the same texts give the same merges.
 *
 * @param texts What to learn from.
 * @param size How many tokens to end with; fewer come back where no pair is left to merge.
 * @throws {RangeError} If `size` has no room for the bytes.
 */
export function learnMerges(texts: Iterable<string>, size: number): Merge[] {
  if (!Number.isSafeInteger(size) || size < 256) {
    throw new RangeError(
      `Cannot learn a byte-level vocabulary: its size must be a whole number of at least 256, got ${size}`,
    );
  }
  const words = countWords(texts);
  const merges: Merge[] = [];
  while (merges.length < size - 256) {
    const merge = mostFrequentPair(words, size);
    if (!merge) break;
    const token = 256 + merges.length;
    for (const word of words) join(word.tokens, merge, token);
    merges.push(merge);
  }
  return merges;
}

/** Encodes one word of the pre-tokenizer by applying every merge in turn: the definition, no more. */
export function encodeWord(bytes: Iterable<number>, merges: readonly Merge[]): number[] {
  const tokens = [...bytes];
  merges.forEach((merge, i) => join(tokens, merge, 256 + i));
  return tokens;
}

/** The words of a text as GPT-2 splits it, each as its bytes. */
export function wordsOf(text: string): number[][] {
  return spelledWords(text).map((word) => Array.from(word, (letter) => BYTES.get(letter)!));
}

interface Word {
  readonly tokens: number[];
  readonly count: number;
}

function countWords(texts: Iterable<string>): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of spelledWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Array.from(counts, ([word, count]) => ({
    tokens: Array.from(word, (letter) => BYTES.get(letter)!),
    count,
  }));
}

function mostFrequentPair(words: readonly Word[], size: number): Merge | undefined {
  const counts = new Map<number, number>(); // of left * size + right
  for (const { tokens, count } of words) {
    for (let i = 1; i < tokens.length; i++) {
      const pair = tokens[i - 1] * size + tokens[i];
      counts.set(pair, (counts.get(pair) ?? 0) + count);
    }
  }
  let best = -1;
  for (const [pair, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && pair < best)) best = pair;
  }
  return best < 0 ? undefined : [Math.floor(best / size), best % size];
}

/** Replaces every occurrence of a pair, from the left, in place. */
function join(tokens: number[], [left, right]: Merge, merged: number): void {
  let kept = 0;
  for (let i = 0; i < tokens.length; i++) {
    const pair = tokens[i] === left && tokens[i + 1] === right;
    tokens[kept++] = pair ? merged : tokens[i];
    if (pair) i++;
  }
  tokens.length = kept;
}

/** The words of a text with each byte spelled as a letter, which is how Hugging Face stores them. */
function spelledWords(text: string): string[] {
  return preTokenizer.pre_tokenize_text(text);
}

const BYTES: ReadonlyMap<string, number> = new Map(BYTE_LETTERS.map((letter, i) => [letter, i]));
