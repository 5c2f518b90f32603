import type { Model } from "../model/model.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { type HeadScores, scoreHeads } from "./head_scores.ts";
import { patternsOf } from "./patterns.ts";

/**
 * Where an induction head looks: right behind every earlier copy of the token that asks, since what
 * followed then may follow now. A token that is new has none.
 */
export function inductionTargets(row: readonly number[]): number[][] {
  return row.map((token, query) =>
    row.slice(0, query).flatMap((earlier, place) => earlier === token ? [place + 1] : [])
  );
}

/**
 * How much each head does what induction heads do: the attention that it pays to whatever followed
 * earlier copies of the present token. It is the prefix matching score of "In-context Learning and
 * Induction Heads" (Olsson et al., 2022, arXiv:2209.11895).
 *
 * @param tokens Rows in which something comes again, such as {@linkcode drawRepeats} draws.
 * @throws {RangeError} If no row has any token twice.
 */
export async function inductionScores(model: Model, tokens: Tokens): Promise<HeadScores> {
  return scoreHeads(await patternsOf(model, tokens), tokens, inductionTargets);
}
