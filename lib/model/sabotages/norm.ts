import { rewriteAt } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Statistics of the norm shared by the whole text: each position is scaled by all positions. */
export const normOverPositions: Sabotage = sabotage({
  name: "normalization taken over the whole text",
  description: "Each vector is divided by the mean of all positions' scales.",
  unfit: needs.norm,
  rewrite: rewriteAt("hook_scale", (scale, { g }) => g.expandLike(g.mean(scale, [1], true), scale)),
});
