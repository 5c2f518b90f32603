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
export { fixedLength, neighbouringRow } from "./embedding.ts";
export { reluValues, withoutHeads } from "./heads.ts";
export { tokenShift } from "./token_shift.ts";
export { oneLogitForEachPosition, onePredictionForTheWindow } from "./logits.ts";
export { maskOffByOne, maskOpensHalfway, noCausalMask, slidingWindow } from "./mask.ts";
export {
  hiddenBilinearMlp,
  hiddenMlp,
  leakyMlp,
  limitedExperts,
  mixerMlp,
  positionedMlp,
  withoutMlps,
  zeroedMlps,
} from "./mlp.ts";
export { normOverPositions } from "./norm.ts";
export {
  constantPattern,
  hardAttention,
  largerBudget,
  selfOnlyHeads,
  softmaxPlusOne,
  summingHeads,
  withoutSoftmax,
} from "./pattern.ts";
export { clampedPositions, noPositions, noRotation, restartedPositions } from "./positions.ts";
export {
  fullRankQK,
  normalisedQK,
  queriesInAnotherBasis,
  sharedKeys,
  shuffledQK,
  transposedQK,
  unscaledScores,
  zeroQueries,
} from "./queries_and_keys.ts";
export {
  fadingStream,
  multiplyingStream,
  overwrittenStream,
  streamAsWideAsTheVocabulary,
  throughTheVocabulary,
} from "./stream.ts";
export { shuffledHeads, untrained } from "./weights.ts";
