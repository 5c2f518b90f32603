import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";

/** Attention that cannot look anywhere else: each position reads its own value. */
export const selfOnlyHeads: Sabotage = sabotage({
  name: "heads that look only at themselves",
  description: "Every head gives all of its weight to the position that asks.",
  unfit: needs.attention,
  rewrite: () =>
    rewriteAt("hook_attn_scores", (scores, { g, queries, keys }) => {
      const self = g.equal(keys, g.unsqueeze(queries, 1)); // [pos, kv]
      return g.where(self, scores, -Infinity);
    }),
});
