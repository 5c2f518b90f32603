import type { Tokens } from "../../runtime/tokens.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mean } from "../../tensor/statistics.ts";

/**
 * Where in a row a head of some kind would look: for each position that asks, the positions that it
 * would attend to. Where there is none, that position does not count.
 */
export type Targets = (row: readonly number[]) => readonly (readonly number[])[];

/** How much of its attention each head gives to where a head of some kind would look. */
export interface HeadScores {
  /** The mean share over all positions that count, from 0 to 1: [layer][head]. */
  readonly scores: readonly (readonly number[])[];
  /** What a head would have that attends to everything it may see alike. */
  readonly uniform: number;
}

/**
 * The share of attention that goes to the targets, averaged over the positions that have any.
 *
 * @param patterns One for each layer, as `patternsOf` gives them: [batch, head, query, key].
 * @param tokens What was run.
 * @throws {RangeError} If no position of any row has a target.
 */
export function scoreHeads(
  patterns: readonly Tensor[],
  tokens: Tokens,
  targets: Targets,
): HeadScores {
  const asked = tokens.flatMap((row, b) =>
    targets(row).flatMap((keys, query) => keys.length > 0 ? [{ b, query, keys }] : [])
  );
  if (asked.length === 0) {
    throw new RangeError("Cannot score heads: a position with a target is required, got none");
  }
  const share = (pattern: Tensor, head: number) =>
    mean(asked.map(({ b, query, keys }) => {
      const weights = pattern.get(b, head, query).data;
      return keys.reduce((sum, key) => sum + weights[key], 0);
    }));
  return {
    scores: patterns.map((pattern) =>
      Array.from({ length: pattern.shape[1] }, (_, head) => share(pattern, head))
    ),
    uniform: mean(asked.map(({ query, keys }) => keys.length / (query + 1))),
  };
}

/** Every head with its score, the highest first. */
export function ranked(
  scores: HeadScores["scores"],
): { layer: number; head: number; score: number }[] {
  return scores
    .flatMap((heads, layer) => heads.map((score, head) => ({ layer, head, score })))
    .toSorted((a, b) => b.score - a.score);
}
