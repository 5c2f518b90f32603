/** Probes: what can be asked of a transformer. */
export { type DrawOptions, drawSaidTwice, drawTokens } from "./draw_tokens.ts";
export {
  influence,
  influenceByLayer,
  type InfluenceOptions,
  influences,
  type InfluenceSummary,
  summarize,
} from "./influence.ts";
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
