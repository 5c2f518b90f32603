import type { Model } from "../../model/model.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import type { HeadEffect } from "./ablation.ts";
import { attribute } from "./attribution.ts";
import { mean, standardError } from "../../tensor/statistics.ts";

/** What heads write towards the next token, beside what is lost without them; as evidence. */
export type WrittenAndLost = {
  /** For each head how far it lifts the next token's logit above the mean by what it writes. */
  readonly written: readonly number[];
  /** For each head how far that logit falls when the head is silenced. */
  readonly lost: readonly number[];
  /** The difference between the two, its size averaged over heads, in logits. */
  readonly apart: number;
  /** The standard error of a head's difference over texts, averaged over heads, in logits. */
  readonly error: number;
};

/**
 * Compares direct logit attribution with ablation.
 *
 * @param rows Texts of one length, two at least: how much the difference depends on them is measured.
 * @param silenced What became of the model on these rows without each head, its z put to zero.
 * @throws {RangeError} If there is only one text.
 */
export async function writtenAndLost(
  model: Model,
  rows: Tokens,
  silenced: readonly HeadEffect[],
): Promise<WrittenAndLost> {
  if (rows.length < 2) {
    throw new RangeError(`Cannot tell from noise: two texts are required, got ${rows.length}`);
  }
  const [inputs, targets] = [rows.map((row) => row.slice(0, -1)), rows.map((row) => row.slice(1))];
  const { parts } = await attribute(model, inputs, targets, { aboveMean: true });
  const written = parts.filter(({ part }) => part.startsWith("head "))
    .map(({ toward }) => toward.map(mean)); // [head][row]
  const differences = written.map((texts, head) =>
    texts.map((logit, row) => logit - silenced[head].logitByText[row])
  );
  return {
    written: written.map(mean),
    lost: silenced.map(({ logit }) => logit),
    apart: mean(differences.map((texts) => Math.abs(mean(texts)))),
    error: mean(differences.map(standardError)),
  };
}
