import type { Model } from "../model/model.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { type HeadScores, scoreHeads } from "./head_scores.ts";
import { patternsOf } from "./patterns.ts";

/** Where a previous-token head looks: one place back. The first position has nothing there. */
export function previousTargets(row: readonly number[]): number[][] {
  return row.map((_, query) => query === 0 ? [] : [query - 1]);
}

/**
 * How much of its attention each head gives to the token just before, as the first of the two heads
 * of an induction circuit does (Elhage et al., 2021, "A Mathematical Framework for Transformer
 * Circuits").
 *
 * @throws {RangeError} If every row is of one token.
 */
export async function previousTokenScores(model: Model, tokens: Tokens): Promise<HeadScores> {
  return scoreHeads(await patternsOf(model, tokens), tokens, previousTargets);
}
