import type { Model } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";
import { mean, standardError } from "../../tensor/mod.ts";
import type { HeadEffect } from "./ablation.ts";
import { logitAttribution } from "./logit_attribution.ts";

/**
 * The direct effect of heads on the next token's logit, beside their total effect, as evidence: they
 * differ by what later layers make of the head (McGrath et al., 2023, arXiv:2307.15771).
 */
export type DirectAndTotal = {
  /** For each head how far it lifts the next token's logit above the mean by what it writes. */
  readonly direct: readonly number[];
  /** For each head how far that logit falls when the head is ablated. */
  readonly total: readonly number[];
  /** The difference between the two, its size averaged over heads, in logits. */
  readonly apart: number;
  /** The standard error of a head's difference over texts, averaged over heads, in logits. */
  readonly error: number;
};

/**
 * Compares direct logit attribution with ablation.
 *
 * @param rows Texts of one length, two at least: how much the difference depends on them is measured.
 * @param ablated What became of the model on these rows without each head, its z put to zero.
 * @throws {RangeError} If there is only one text.
 */
export async function directAndTotal(
  model: Model,
  rows: Tokens,
  ablated: readonly HeadEffect[],
): Promise<DirectAndTotal> {
  if (rows.length < 2) {
    throw new RangeError(`Cannot tell from noise: two texts are required, got ${rows.length}`);
  }
  const [inputs, targets] = [rows.map((row) => row.slice(0, -1)), rows.map((row) => row.slice(1))];
  const { parts } = await logitAttribution(model, inputs, targets, { aboveMean: true });
  const written = parts.filter(({ part }) => part.startsWith("head "))
    .map(({ toward }) => toward.map(mean)); // [head][row]
  const differences = written.map((texts, head) =>
    texts.map((logit, row) => logit - ablated[head].logitByText[row])
  );
  return {
    direct: written.map(mean),
    total: ablated.map(({ logit }) => logit),
    apart: mean(differences.map((texts) => Math.abs(mean(texts)))),
    error: mean(differences.map(standardError)),
  };
}
