import { type Model, needs } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max } from "../../tensor/mod.ts";
import { largestFinite } from "./score_difference.ts";

/** How a head's scores of two positions for each other and for themselves compare, as evidence. */
export type ScoreSymmetry = {
  /** The most that a score of one for another differs from the other's for the one, by the largest. */
  readonly oneWay: number;
  /** The most that a score of two exceeds both of their scores for themselves, by the largest. */
  readonly beyondSelf: number;
};

/**
 * The scores of the first layer's heads between all positions of a text, before the mask and before
 * ALiBi's penalty. Where W_QK is symmetric no score has a direction; where queries are keys, no two
 * positions have a score above the larger of those that they have with themselves (Cauchy, Schwarz).
 *
 * @throws {RangeError} If there is no layer.
 */
export async function scoreSymmetry(
  model: Model,
  text: readonly number[],
): Promise<ScoreSymmetry> {
  const unfit = needs.attention(model.config);
  if (unfit) throw new RangeError(`Cannot compare scores: attention is required, ${unfit}`);
  const { positions } = model.config;
  const bare = {
    ...model.config,
    causal: false,
    positions: positions === "alibi" ? "none" : positions,
  } as const;
  const hook = "blocks.0.attn.hook_attn_scores";
  const scores = (await run({ ...model, config: bare }, [text], { hooks: [hook] })).get(hook);
  const pairs = Array.from(
    { length: bare.n_heads },
    (_, head) =>
      text.flatMap((_, i) =>
        text.map((_, j) => {
          const at = (query: number, key: number) => scores.at(0, head, query, key);
          const own = Math.max(at(i, i), at(j, j));
          return { oneWay: Math.abs(at(i, j) - at(j, i)), beyondSelf: at(i, j) - own };
        })
      ),
  ).flat();
  const largest = largestFinite(scores);
  return {
    oneWay: max(pairs.map(({ oneWay }) => oneWay)) / largest,
    beyondSelf: max(pairs.map(({ beyondSelf }) => beyondSelf)) / largest,
  };
}
