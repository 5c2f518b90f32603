import type { Model } from "../model/model.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { type HeadScores, scoreHeads } from "./head_scores.ts";
import { patternsOf } from "./patterns.ts";

/** Where a head looks that looks at its own token: at itself, and at every earlier copy. */
export function sameTokenTargets(row: readonly number[]): number[][] {
  return row.map((token, query) =>
    row.slice(0, query + 1).flatMap((seen, place) => seen === token ? [place] : [])
  );
}

/**
 * How much of its attention each head gives to its own token, here and wherever it stood before. On
 * earlier copies alone these are the duplicate token heads of "Interpretability in the Wild" (Wang
 * et al., 2022, arXiv:2211.00593).
 */
export async function sameTokenScores(model: Model, tokens: Tokens): Promise<HeadScores> {
  return scoreHeads(await patternsOf(model, tokens), tokens, sameTokenTargets);
}
