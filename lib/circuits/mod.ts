/** Probes: what can be asked of a transformer. */
export { ablateHeads, type Ablation, type HeadEffect } from "./ablation.ts";
export {
  attribute,
  type Attribution,
  type AttributionOptions,
  type Contribution,
  type LogitReader,
} from "./attribution.ts";
export { type AverageRead, averageRead } from "./average_read.ts";
export { bentOperations } from "./bent_operations.ts";
export { type Bend, bend, type BendOptions } from "./bend.ts";
export { type BestPair, bestPairs, fitPair } from "./best_pair.ts";
export { type AffineSummary, affinity } from "./affine.ts";
export {
  composition,
  type CompositionKind,
  type CompositionOptions,
  type Compositions,
} from "./composition.ts";
export { type Continuation, continuation } from "./continuation.ts";
export { drawRepeats, type RepeatOptions, type Repeats } from "./draw_repeats.ts";
export { type DrawOptions, drawSaidTwice, drawTokens } from "./draw_tokens.ts";
export { entropy, headEntropies } from "./entropy.ts";
export { type Guesses, guesses } from "./guesses.ts";
export { type HeadLooks, headLooks } from "./head_looks.ts";
export { type HeadScores, ranked, scoreHeads, type Targets } from "./head_scores.ts";
export { inductionTargets } from "./induction.ts";
export {
  inEveryBlock,
  influence,
  type InfluenceOptions,
  influences,
  type Nudge,
  type Pair,
} from "./influence.ts";
export {
  type InfluenceEvidence,
  type InfluenceSummary,
  probeInfluence,
  summarize,
} from "./influence_summary.ts";
export {
  type PositionAt,
  type PositionProbe,
  probePosition,
  type ProbePositionOptions,
  streamHooks,
} from "./linear_probe.ts";
export { type Excess, excessOver, lossInText, lossInWindows } from "./long_text.ts";
export {
  lastLosses,
  logProbability,
  lossByPosition,
  losses,
  mean,
  meanByPosition,
  standardError,
  tokenLogProbabilities,
} from "./loss.ts";
export {
  axesFor,
  firstAxes,
  meanCosine,
  participation,
  randomParticipation,
  sharesWithin,
  type Spread,
  spreadOf,
} from "./participation.ts";
export { compareSizes, type LossesBySize, lossesBySize, type SizeLoss } from "./loss_by_size.ts";
export { type PatternCost, patternCosts } from "./pattern_costs.ts";
export { patternFromStream } from "./pattern_formula.ts";
export { headVariations } from "./pattern_variation.ts";
export { meanPattern, patternHooks, patternsOf, uniformPattern } from "./patterns.ts";
export { perModel } from "./per_model.ts";
export { previousTargets } from "./previous_token.ts";
export { type Fixed, type Priced, type PriceOfWidth, priceOfWidth } from "./price_of_width.ts";
export { queryKeyMatrix, rankOfHeads, scoresFromMatrices } from "./query_key.ts";
export { type QueryKeyCost, queryKeyCost } from "./query_key_cost.ts";
export { reach, type ReachOptions } from "./reach.ts";
export { reordering, type ReorderingSummary } from "./reordering.ts";
export { type Repetition, repetition } from "./repetition.ts";
export { sameTokenTargets } from "./same_token.ts";
export { scoreSpectra } from "./score_spectra.ts";
export { type ScoresApart, scoresApart } from "./scores_apart.ts";
export { type ScoresByDistance, scoresByDistance } from "./scores_by_distance.ts";
export { type OffLine, scoresOffLine } from "./scores_off_line.ts";
export { type SumOverTexts, sumOverTexts } from "./sum_over_texts.ts";
export { effectiveNumber } from "./effective_number.ts";
export {
  type HeadPlace,
  type HeldRun,
  holdPatterns,
  logitsOf,
  type Path,
  pathsOf,
  type PathStart,
  pathToward,
} from "./paths.ts";
export {
  directions,
  rebuiltShares,
  type Superposition,
  superposition,
  type SuperpositionOptions,
} from "./superposition.ts";
export { type PathSummary, summarizePaths } from "./path_summary.ts";
export { type WrittenAndLost, writtenAndLost } from "./written_and_lost.ts";
export { type Sink, strongestSink } from "./sink.ts";
export { type WeightBudget, weightBudget } from "./weight_budget.ts";
export { type Area, positionArea, randomArea, type Written, writtenInto } from "./position_area.ts";
export {
  reorderTokens,
  type TokensReordered,
  type WorthOfOrder,
  worthOfOrder,
} from "./token_order.ts";
export { type Writing, writing } from "./writing.ts";
