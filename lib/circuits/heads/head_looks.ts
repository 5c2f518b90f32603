import type { Model } from "../../model/model.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { type HeadScores, scoreHeads, type Targets } from "./head_scores.ts";
import { inductionTargets } from "./induction.ts";
import { patternsOf } from "../attention/patterns.ts";
import { previousTargets } from "./previous_token.ts";
import { sameTokenTargets } from "./same_token.ts";

/** What every head looks at, as evidence: shares of its attention, [layer][head]. */
export type HeadLooks = {
  /**
   * The token before, as the first of the two heads of an induction circuit does (Elhage et al.,
   * 2021, "A Mathematical Framework for Transformer Circuits").
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
  readonly idle: Readonly<Record<"previous" | "own" | "induction", number>>;
};

/**
 * The three scores of an induction circuit from one run.
 *
 * @param tokens Rows in which something comes again.
 * @param copies Where a head would look that looks behind copies.
 * @throws {RangeError} If no token comes again.
 */
export async function headLooks(
  model: Model,
  tokens: Tokens,
  copies: Targets = inductionTargets,
): Promise<HeadLooks> {
  const patterns = await patternsOf(model, tokens);
  const previous = scoreHeads(patterns, tokens, previousTargets);
  const own = scoreHeads(patterns, tokens, sameTokenTargets);
  const induction = scoreHeads(patterns, tokens, copies);
  return {
    previous: previous.scores,
    own: own.scores,
    induction: induction.scores,
    idle: { previous: previous.uniform, own: own.uniform, induction: induction.uniform },
  };
}
