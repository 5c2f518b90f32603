/** Probes: what can be asked of a transformer. */
export { ablateHeads, type Ablation, type HeadEffect } from "./heads/ablation.ts";
export {
  attribute,
  type Attribution,
  type AttributionOptions,
  type Contribution,
  type LogitReader,
} from "./heads/attribution.ts";
export { type AverageRead, averageRead } from "./attention/average_read.ts";
export { bentOperations } from "./stream/bent_operations.ts";
export { type Bend, bend, type BendOptions } from "./stream/bend.ts";
export { type BestPair, bestPairs, fitPair } from "./attention/best_pair.ts";
export { type AffineSummary, affinity } from "./stream/affine.ts";
export {
  composition,
  type CompositionKind,
  type CompositionOptions,
  type Compositions,
} from "./heads/composition.ts";
export { type Continuation, continuation } from "./losses/continuation.ts";
export { drawRepeats, type RepeatOptions, type Repeats } from "./texts/draw_repeats.ts";
export { type DrawOptions, drawSaidTwice, drawTokens } from "./texts/draw_tokens.ts";
export { entropy, headEntropies } from "./attention/entropy.ts";
export { type Guesses, guesses } from "./losses/guesses.ts";
export { type HeadLooks, headLooks } from "./heads/head_looks.ts";
export { type HeadScores, ranked, scoreHeads, type Targets } from "./heads/head_scores.ts";
export { inductionTargets } from "./heads/induction.ts";
export {
  inEveryBlock,
  influence,
  type InfluenceOptions,
  influences,
  type Nudge,
  type Pair,
} from "./stream/influence.ts";
export {
  type InfluenceEvidence,
  type InfluenceSummary,
  probeInfluence,
  summarize,
} from "./stream/influence_summary.ts";
export {
  type PositionAt,
  type PositionProbe,
  probePosition,
  type ProbePositionOptions,
} from "./stream/linear_probe.ts";
export { type Excess, excessOver, lossInText, lossInWindows } from "./texts/long_text.ts";
export {
  lastLosses,
  logProbability,
  lossByPosition,
  losses,
  tokenLogProbabilities,
} from "./losses/loss.ts";
export {
  axesFor,
  firstAxes,
  meanCosine,
  participation,
  randomParticipation,
  sharesWithin,
  type Spread,
  spreadOf,
} from "./stream/participation.ts";
export {
  compareSizes,
  type LossesBySize,
  lossesBySize,
  type SizeLoss,
} from "./losses/loss_by_size.ts";
export { type PatternCost, patternCosts } from "./attention/pattern_costs.ts";
export { patternFromStream } from "./attention/pattern_formula.ts";
export { headVariations } from "./attention/pattern_variation.ts";
export { meanPattern, patternsOf, uniformPattern } from "./attention/patterns.ts";
export { perModel } from "./per_model.ts";
export { previousTargets } from "./heads/previous_token.ts";
export {
  type Fixed,
  type Priced,
  type PriceOfWidth,
  priceOfWidth,
} from "./losses/price_of_width.ts";
export { queryKeyMatrix, rankOfHeads, scoresFromMatrices } from "./attention/query_key.ts";
export { type QueryKeyCost, queryKeyCost } from "./attention/query_key_cost.ts";
export { reach, type ReachOptions } from "./stream/reach.ts";
export { reordering, type ReorderingSummary } from "./stream/reordering.ts";
export { type Repetition, repetition } from "./losses/repetition.ts";
export { sameTokenTargets } from "./heads/same_token.ts";
export { scoreSpectra } from "./attention/score_spectra.ts";
export { type ScoresApart, scoresApart } from "./attention/scores_apart.ts";
export { type ScoresByDistance, scoresByDistance } from "./attention/scores_by_distance.ts";
export { type OffLine, scoresOffLine } from "./attention/scores_off_line.ts";
export { type SumOverTexts, sumOverTexts } from "./losses/sum_over_texts.ts";
export { effectiveNumber } from "./heads/effective_number.ts";
export {
  type HeadPlace,
  type HeldRun,
  holdPatterns,
  logitsOf,
  type Path,
  pathsOf,
  type PathStart,
  pathToward,
} from "./heads/paths.ts";
export {
  directions,
  rebuiltShares,
  type Superposition,
  superposition,
  type SuperpositionOptions,
} from "./stream/superposition.ts";
export { type PathSummary, summarizePaths } from "./heads/path_summary.ts";
export { type WrittenAndLost, writtenAndLost } from "./heads/written_and_lost.ts";
export { type Sink, strongestSink } from "./attention/sink.ts";
export { type WeightBudget, weightBudget } from "./attention/weight_budget.ts";
export {
  type Area,
  positionArea,
  randomArea,
  type Written,
  writtenInto,
} from "./stream/position_area.ts";
export {
  reorderTokens,
  type TokensReordered,
  type WorthOfOrder,
  worthOfOrder,
} from "./stream/token_order.ts";
export { type Writing, writing } from "./stream/writing.ts";
