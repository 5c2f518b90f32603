/**
 * The catalogue of sabotages: ways to break a transformer on purpose, each aimed at one thing that
 * the answers claim.
 */
export { fixedLength, neighbouringRow } from "./embedding.ts";
export { bentValues, withoutHeads } from "./heads.ts";
export { leak } from "./leak.ts";
export { oneAnswerForTheWindow, oneLogitForEachPlace } from "./logits.ts";
export { maskOffByOne, maskOpensHalfway, noCausalMask, slidingWindow } from "./mask.ts";
export {
  hiddenMlp,
  hiddenProduct,
  leakyMlp,
  limitedExperts,
  mixerMlp,
  positionedMlp,
  silentMlps,
  withoutMlps,
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
  blankQueries,
  fullRankQK,
  normalisedQK,
  rebasedQueries,
  sharedKeys,
  shuffledQK,
  transposedQK,
  unscaledScores,
} from "./queries_and_keys.ts";
export {
  fadingStream,
  multiplyingStream,
  overwrittenStream,
  streamAsWideAsTheVocabulary,
  throughTheVocabulary,
} from "./stream.ts";
export { untrained } from "./weights.ts";
