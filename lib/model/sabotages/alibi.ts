/** Ways to get ALiBi's penalty wrong (Press et al., 2021, arXiv:2108.12409). */
import { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { alibiPenalty, alibiSlopes } from "../graph/positions.ts";
import { type Rewrite, rewriteAt } from "../graph/rewrite.ts";
import { atLeast, needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Why it has no penalty that could be wrong. */
function notAlibi(config: Config): string | undefined {
  return needs.attention(config) ??
    (config.positions === "alibi" ? undefined : "its positions are not ALiBi's");
}

/** What is far scored higher. */
export const alibiReward: Sabotage = sabotage({
  name: "an ALiBi penalty with the wrong sign",
  description: "Scores rise with the distance as steeply as they should fall.",
  unfit: notAlibi,
  rewrite: sloped((slopes) => slopes.map((slope) => -slope)),
});

/** One slope for all heads. */
export const alibiOneSlope: Sabotage = sabotage({
  name: "one ALiBi slope for all heads",
  description: "Every head has the slope of the first.",
  unfit: (config) => notAlibi(config) ?? atLeast({ n_heads: 2 })(config),
  rewrite: sloped((slopes) => slopes.map(() => slopes[0])),
});

/** The formula of a power of two taken for any number of heads. */
export const alibiAnyCount: Sabotage = sabotage({
  name: "ALiBi slopes for a power of two",
  description: "Slopes are powers of 2^(-8/n) for any n, which the paper has for powers of two.",
  unfit: (config) =>
    notAlibi(config) ??
      (Number.isInteger(Math.log2(config.n_heads)) ? "its heads are a power of two" : undefined),
  rewrite: sloped((slopes) => slopes.map((_, h) => 2 ** (-8 * (h + 1) / slopes.length))),
});

/** Scores with other slopes: the sound penalty is taken back, and another one taken off. */
function sloped(others: (slopes: readonly number[]) => readonly number[]): Rewrite {
  return rewriteAt("hook_attn_scores", (scores, context) => {
    const { g, config } = context;
    const sound = alibiSlopes(config.n_heads);
    const times = others(sound).map((slope, h) => slope / sound[h] - 1);
    const more = g.constant(Tensor.from(times).reshape(config.n_heads, 1, 1));
    return g.sub(scores, g.mul(alibiPenalty(context), more)); // [batch, n_heads, pos, kv]
  });
}
