import type { Head, Model } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";
import { mean, sum, type Tensor } from "../../tensor/mod.ts";
import { patternsOf } from "../attention/patterns.ts";

/**
 * Which keys a head of some kind attends to in a row: for each query the positions of its keys.
 * Where there is none, that position does not count.
 */
export type KeysOf = (row: readonly number[]) => readonly (readonly number[])[];

/** A previous-token head's: the place before. The first position has none. */
export function previousTokenKeys(row: readonly number[]): number[][] {
  return row.map((_, query) => query === 0 ? [] : [query - 1]);
}

/** Those of a head that looks at its own token: at itself, and at every earlier copy. */
export function ownTokenKeys(row: readonly number[]): number[][] {
  return row.map((token, query) => copiesOf(token, row.slice(0, query + 1)));
}

/**
 * An induction head's: right behind every earlier copy of the token that asks, since what followed
 * then may follow now. A token that is new has none.
 */
export function inductionKeys(row: readonly number[]): number[][] {
  return row.map((token, query) => copiesOf(token, row.slice(0, query)).map((key) => key + 1));
}

function copiesOf(token: number, seen: readonly number[]): number[] {
  return seen.flatMap((each, place) => each === token ? [place] : []);
}

/** How much of its attention each head gives to the keys of a head of some kind. */
export interface HeadScores {
  /** The mean share over all positions that count, from 0 to 1: [layer][head]. */
  readonly scores: readonly (readonly number[])[];
  /** What a head would have that attends to everything it may see alike. */
  readonly uniform: number;
}

/**
 * The share of attention that goes to some keys, averaged over the positions that have any.
 *
 * @param patterns One for each layer, as `patternsOf` gives them: [batch, head, query, key].
 * @param tokens What was run.
 * @throws {RangeError} If no position of any row has such a key.
 */
export function scoreHeads(
  patterns: readonly Tensor[],
  tokens: Tokens,
  keysOf: KeysOf,
): HeadScores {
  const asked = tokens.flatMap((row, b) =>
    keysOf(row).flatMap((keys, query) => keys.length > 0 ? [{ b, query, keys }] : [])
  );
  if (asked.length === 0) {
    throw new RangeError("Cannot score heads: a position with a key is required, got none");
  }
  const share = (pattern: Tensor, head: number) =>
    mean(asked.map(({ b, query, keys }) => {
      const weights = pattern.get(b, head, query).data;
      return sum(keys.map((key) => weights[key]));
    }));
  return {
    scores: patterns.map((pattern) =>
      Array.from({ length: pattern.shape[1] }, (_, head) => share(pattern, head))
    ),
    uniform: mean(asked.map(({ query, keys }) => keys.length / (query + 1))),
  };
}

/** How much each head is one of an induction circuit, as evidence: shares of its attention. */
export type DetectedHeads = {
  /**
   * The token before, as the first of the two heads of an induction circuit does (Elhage et al.,
   * 2021, "A Mathematical Framework for Transformer Circuits"): [layer][head].
   */
  readonly previous: HeadScores["scores"];
  /**
   * Its own token, here and earlier. On earlier copies alone these are the duplicate token heads of
   * "Interpretability in the Wild" (Wang et al., 2022, arXiv:2211.00593).
   */
  readonly own: HeadScores["scores"];
  /**
   * What followed earlier copies of its own token: the prefix matching score of "In-context Learning
   * and Induction Heads" (Olsson et al., 2022, arXiv:2209.11895).
   */
  readonly induction: HeadScores["scores"];
  /** What a head has of each that attends to everything alike. */
  readonly uniform: Readonly<Record<"previous" | "own" | "induction", number>>;
};

/**
 * The three scores of an induction circuit from one run.
 *
 * @param tokens Rows in which something comes again.
 * @param keysOf Where an induction head would look.
 * @throws {RangeError} If no token comes again.
 */
export async function detectHeads(
  model: Model,
  tokens: Tokens,
  keysOf: KeysOf = inductionKeys,
): Promise<DetectedHeads> {
  const patterns = await patternsOf(model, tokens);
  const [previous, own, induction] = [previousTokenKeys, ownTokenKeys, keysOf]
    .map((kind) => scoreHeads(patterns, tokens, kind));
  return {
    previous: previous.scores,
    own: own.scores,
    induction: induction.scores,
    uniform: { previous: previous.uniform, own: own.uniform, induction: induction.uniform },
  };
}

/** Every head with its score, the highest first. */
export function rankHeads(scores: HeadScores["scores"]): (Head & { readonly score: number })[] {
  return scores
    .flatMap((heads, layer) => heads.map((score, head) => ({ layer, head, score })))
    .toSorted((a, b) => b.score - a.score);
}
