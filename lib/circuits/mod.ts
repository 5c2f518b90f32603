/** Probes: what can be asked of a transformer. */
export { type DrawOptions, drawSaidTwice, drawTokens } from "./draw_tokens.ts";
export { type Guesses, guesses, type InsideAndLast, insideAndLast } from "./guesses.ts";
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
  logProbabilities,
  lossByPosition,
  losses,
  mean,
  meanByPosition,
  standardError,
  tokenLogProbabilities,
} from "./loss.ts";
export { reordering, type ReorderingSummary } from "./reordering.ts";
export { type Repetition, repetition } from "./repetition.ts";
