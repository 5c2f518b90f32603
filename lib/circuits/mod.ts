/**
 * Probes: what can be asked of a transformer.
 *
 * ```ts
 * import { makeConfig, makeModel, randomWeights } from "../model/mod.ts";
 * import { queryKeyMatrix, rankOfHeads } from "./mod.ts";
 *
 * const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 8 });
 * const model = makeModel("untrained", config, randomWeights(config, 1));
 * const W_QK = queryKeyMatrix(model, 0, 0); // of the first head: [d_model + 1, d_model + 1]
 * console.log(W_QK.shape, rankOfHeads(model, 0)); // [9, 9] 8
 * ```
 *
 * @module
 */
export { type AttentionBudget, attentionBudget } from "./attention/attention_budget.ts";
export { type AttentionLinearity, attentionLinearity } from "./attention/attention_linearity.ts";
export { type AttentionSink, attentionSink } from "./attention/attention_sink.ts";
export { type AveragedValues, averagedValues } from "./attention/averaged_values.ts";
export { type CostOfLength, costOfLength } from "./attention/cost_of_length.ts";
export { cutQK, queryKeySpectra } from "./attention/cut_qk.ts";
export { type OutputSpectra, outputSpectra, scoreSpectra } from "./attention/low_rank.ts";
export { patchPatterns, patchTogether, type PatternPatch } from "./attention/patch_patterns.ts";
export { patternFromStream } from "./attention/pattern_formula.ts";
export {
  headEntropies,
  headVariations,
  meanPattern,
  patternsOf,
  uniformPattern,
} from "./attention/patterns.ts";
export {
  bilinearForm,
  queryKeyMatrix,
  rankOfHeads,
  scoresFromMatrices,
  withOne,
} from "./attention/query_key.ts";
export { type QueryKeyCost, queryKeyCost } from "./attention/query_key_cost.ts";
export {
  type ScoreDifference,
  scoreDifference,
  writtenDifference,
} from "./attention/score_difference.ts";
export { type ScoreSymmetry, scoreSymmetry } from "./attention/score_symmetry.ts";
export { type ScoreLinearity, scoreLinearity } from "./attention/score_linearity.ts";
export { type ScoresByDistance, scoresByDistance } from "./attention/scores_by_distance.ts";
export { ablateHeads, type Ablation, type HeadEffect } from "./heads/ablation.ts";
export {
  composition,
  type CompositionKind,
  type CompositionOptions,
  type Compositions,
} from "./heads/composition.ts";
export { cutPaths } from "./heads/cut_paths.ts";
export {
  type DetectedHeads,
  detectHeads,
  type HeadScores,
  inductionKeys,
  type KeysOf,
  ownTokenKeys,
  previousTokenKeys,
  rankHeads,
  scoreHeads,
} from "./heads/detect_heads.ts";
export { type DirectAndTotal, directAndTotal } from "./heads/direct_and_total.ts";
export { effectiveByToken, effectiveNumber } from "./heads/effective_number.ts";
export {
  type Attribution,
  type Contribution,
  logitAttribution,
  type LogitDirection,
} from "./heads/logit_attribution.ts";
export { type PathSummary, summarizePaths } from "./heads/path_summary.ts";
export { type HeldRun, holdPatterns, type Path, pathLogits, pathsOf } from "./heads/paths.ts";
export {
  type Continuation,
  continuation,
  lossOnRepeatedTokens,
  type RepeatedTokensLoss,
} from "./losses/continuation.ts";
export { divergence, type Prediction, prediction } from "./losses/divergence.ts";
export { offLogitFormula } from "./losses/logit_formula.ts";
export { logProbability } from "./losses/log_probability.ts";
export {
  lastLosses,
  lossByPosition,
  losses,
  type TokenProbabilities,
  tokenProbabilities,
} from "./losses/loss.ts";
export {
  compareSizes,
  type LossesBySize,
  lossesBySize,
  type SizeLoss,
} from "./losses/loss_by_size.ts";
export { type TotalProbability, totalProbability } from "./losses/total_probability.ts";
export { type ExcessLoss, excessLoss, lossInText, lossInWindows } from "./losses/windows.ts";
export { type Cost, type CostOfWidth, costOfWidth, type Fixed } from "./stream/cost_of_width.ts";
export { type Ends, type Equivariance, permutationEquivariance } from "./stream/equivariance.ts";
export { influences, type Nudge, type Pair, pairsInEachBlock } from "./stream/influence.ts";
export {
  type InfluenceEvidence,
  type InfluenceSummary,
  probeInfluence,
} from "./stream/influence_summary.ts";
export {
  type PositionAt,
  type PositionProbe,
  probePosition,
  type ProbePositionOptions,
} from "./stream/linear_probe.ts";
export { nonlinearOperations } from "./stream/nonlinear_operations.ts";
export {
  meanCosine,
  participationRatio,
  type PrincipalComponents,
  principalComponents,
  randomParticipationRatio,
  varianceWithin,
} from "./stream/principal_components.ts";
export { type ResidualSum, residualSum } from "./stream/residual_sum.ts";
export { similarityByDistance } from "./stream/similarity.ts";
export { type StreamLinearity, streamLinearity } from "./stream/stream_linearity.ts";
export {
  betweenPositions,
  positionSubspace,
  randomSubspace,
  type Subspace,
  type Written,
  writtenByLayer,
} from "./stream/subspaces.ts";
export { featureDirections, type Superposition, superposition } from "./stream/superposition.ts";
export {
  reorderTokens,
  type TokenOrder,
  type WorthOfOrder,
  worthOfOrder,
} from "./stream/token_order.ts";
export {
  type BlockRange,
  drawRepeatedBlocks,
  drawRepeatedTokens,
  type RepeatedBlocks,
  type RepeatOptions,
} from "./texts/draw_repeats.ts";
export { type DrawOptions, drawTokens } from "./texts/draw_tokens.ts";
// What signatures and models are made of.
export type {
  Autoencoder,
  AutoencoderConfig,
  BuildContext,
  Config,
  Head,
  Model,
  Positions,
  Rewrite,
  Weights,
} from "../model/mod.ts";
export type {
  Attribute,
  Dim,
  DType,
  Graph,
  GraphBase,
  Initializer,
  Node,
  Operand,
  Shape,
  Value,
} from "../onnx/mod.ts";
export type { Intervention, RunOptions, Tokens } from "../runtime/mod.ts";
export type { Decomposed, Nested, Tensor } from "../tensor/mod.ts";
export { MOST_LOOKED_UP, type OneHotLookup, oneHotLookup } from "./stream/one_hot_lookup.ts";
export { type BestGuesses, bestGuesses } from "./losses/best_guesses.ts";
