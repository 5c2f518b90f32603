/**
 * The catalogue of sabotages: ways to break a transformer on purpose, each aimed at one thing that
 * the answers claim. They lie in files by the part that is broken.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { makeConfig, makeModel, randomWeights } from "../mod.ts";
 * import * as sabotages from "./mod.ts";
 *
 * const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });
 * const model = makeModel("small", config, randomWeights(config, 1));
 * const broken = sabotages.noCausalMask.apply(model);
 * assertEquals(broken.name, "small, no causal mask");
 * assertThrows(() => sabotages.noRotation.apply(model), RangeError, "its positions are not rotary");
 * ```
 *
 * @module
 */
export {
  countedFromTheEnd,
  positionsAddedTwice,
  sinesBeforeCosines,
  tableOffByOne,
  wrongWaves,
} from "./added_positions.ts";
export { alibiAnyCount, alibiOneSlope, alibiReward } from "./alibi.ts";
export { cacheOneBehind, forgetfulCache, positionsSkipOne, unturnedNewKeys } from "./cache.ts";
export { fixedLength, neighbouringRow } from "./embedding.ts";
export {
  biasOfEveryHead,
  headsInReverse,
  joinedUntransposed,
  lastHeadLeftOut,
  reluValues,
  swappedQueries,
  valuesWithoutBias,
  withoutHeads,
} from "./heads.ts";
export {
  cappedLogits,
  logitsOneLate,
  logitsWithoutBias,
  neighbouringLogit,
  oneLogitForEachPosition,
  onePredictionForTheWindow,
} from "./logits.ts";
export {
  maskAfterSoftmax,
  maskOffByOne,
  maskOpensHalfway,
  noCausalMask,
  slidingWindow,
  softMask,
  strictMask,
  transposedMask,
} from "./mask.ts";
export {
  exactGelu,
  gateExchanged,
  gateMissing,
  hiddenBilinearMlp,
  hiddenMlp,
  leakyMlp,
  limitedExperts,
  linearMlp,
  mixerMlp,
  mlpWithoutBias,
  positionedMlp,
  reluMlp,
  steepGelu,
  withoutMlps,
  zeroedMlps,
} from "./mlp.ts";
export {
  centredNorm,
  largerEps,
  normAfterwards,
  normOverPositions,
  normWithoutBias,
  normWithoutWeight,
  sampleVariance,
  uncentredNorm,
  withoutEps,
  withoutFinalNorm,
} from "./norm.ts";
export { detachedPatches, zeroPatches } from "./patches.ts";
export {
  constantPattern,
  dropout,
  hardAttention,
  largerBudget,
  selfOnlyHeads,
  softmaxBaseTwo,
  softmaxOverQueries,
  softmaxPlusOne,
  summingHeads,
  withoutSoftmax,
} from "./pattern.ts";
export { clampedPositions, noPositions, noRotation, restartedPositions } from "./positions.ts";
export {
  fullRankQK,
  keysInTurn,
  longerQueries,
  normalisedQK,
  queriesInAnotherBasis,
  scaledByModelWidth,
  scaledByWidth,
  sharedKeys,
  shuffledQK,
  transposedQK,
  unscaledScores,
  zeroQueries,
} from "./queries_and_keys.ts";
export {
  keysTurnedOneFurther,
  queriesTurnedBackwards,
  turnedValues,
  unscaledRotation,
  wrongBase,
  wrongPairs,
} from "./rotary.ts";
export {
  fadingStream,
  lastBlockSkipped,
  longEmbeddings,
  multiplyingStream,
  overwrittenStream,
  roundedStream,
  streamAddedTwice,
  streamAsWideAsTheVocabulary,
  throughTheVocabulary,
} from "./stream.ts";
export { tokenShift } from "./token_shift.ts";
export { halfPrecisionWeights, shuffledHeads, transposedQueries, untrained } from "./weights.ts";
