import { type Head, headsOf, type Model } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";
import { mean } from "../../tensor/mod.ts";
import type { HeadEffect } from "./ablation.ts";
import { logitAttribution } from "./logit_attribution.ts";

/**
 * The direct effect of a head on the next token's logit, beside its total effect, as evidence. They
 * differ by what later layers make of the head (McGrath et al., 2023, arXiv:2307.15771) and by what
 * the last LayerNorm does without it (Rushing and Nanda, 2024, arXiv:2402.15390).
 */
export type DirectAndTotal = Head & {
  /** How far it lifts the next token's logit above the mean by what it writes, on average. */
  readonly direct: number;
  /** How far that logit falls when the head is ablated, on average. */
  readonly total: number;
  /** The size of the difference between the two, token by token, on average. */
  readonly apart: number;
  /** The size of what it writes, token by token, on average. */
  readonly size: number;
};

/**
 * Compares direct logit attribution with ablation, head by head and token by token.
 *
 * @param rows Texts of one length.
 * @param ablated What became of the model on these rows without each head, its z put to zero.
 */
export async function directAndTotal(
  model: Model,
  rows: Tokens,
  ablated: readonly HeadEffect[],
): Promise<DirectAndTotal[]> {
  const [inputs, targets] = [rows.map((row) => row.slice(0, -1)), rows.map((row) => row.slice(1))];
  const { parts } = await logitAttribution(model, inputs, targets, { aboveMean: true });
  const written = parts.filter(({ part }) => part.startsWith("head "))
    .map(({ toward }) => toward.flat());
  return headsOf(model.config).map(({ layer, head }, i) => {
    const lost = ablated[i].logitByToken.flat();
    return {
      layer,
      head,
      direct: mean(written[i]),
      total: ablated[i].logit,
      apart: mean(written[i].map((logit, token) => Math.abs(lost[token] - logit))),
      size: mean(written[i].map(Math.abs)),
    };
  });
}
