import type { Model } from "../model/model.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { HeadEffect } from "./ablation.ts";
import { attribute } from "./attribution.ts";
import { mean } from "./loss.ts";

/** What heads write towards the next token, beside what is lost without them; as evidence. */
export type WrittenAndLost = {
  /** For each head how far it lifts the next token's logit above the mean by what it writes. */
  readonly written: readonly number[];
  /** For each head how far that logit falls when the head is silenced. */
  readonly lost: readonly number[];
  /** The mean difference between the two, as a share of the mean size of what is written. */
  readonly apart: number;
};

/**
 * Compares direct logit attribution with ablation.
 *
 * @param rows Texts of one length.
 * @param silenced What became of the model on these rows without each head, its z put to zero.
 */
export async function writtenAndLost(
  model: Model,
  rows: Tokens,
  silenced: readonly HeadEffect[],
): Promise<WrittenAndLost> {
  const [inputs, targets] = [rows.map((row) => row.slice(0, -1)), rows.map((row) => row.slice(1))];
  const { parts } = await attribute(model, inputs, targets, { aboveMean: true });
  const written = parts.filter(({ part }) => part.startsWith("head "))
    .map(({ toward }) => mean(toward.flat()));
  const lost = silenced.map(({ logit }) => logit);
  const misses = written.map((logit, i) => Math.abs(logit - lost[i]));
  return { written, lost, apart: mean(misses) / mean(written.map(Math.abs)) };
}
