import type { Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { sum } from "../../tensor/mod.ts";
import { logProbabilities } from "./log_probability.ts";
import { tokenLogProbabilities } from "./loss.ts";

/** The probabilities of many texts, added up, as evidence. */
export type TotalProbability = {
  /** The sum of their probabilities: one, if the model is one of likelihoods. */
  readonly sum: number;
  /** How many texts there are. */
  readonly texts: number;
  /** Tokens in each, the first included. */
  readonly length: number;
};

/**
 * Adds up the probabilities of all texts of one length that begin with the same token (0), each the
 * product of the predictions at its positions. Texts that differ in their last token alone are read
 * off one run.
 *
 * @param length Tokens in a text, the first included; one batch of d_vocab^(length - 2) rows is run.
 * @throws {RangeError} If a text has fewer than two tokens.
 */
export async function totalProbability(model: Model, length: number): Promise<TotalProbability> {
  const { d_vocab } = model.config;
  if (!Number.isInteger(length) || length < 2) {
    throw new RangeError(`Cannot add up texts: a length of at least 2 is required, got ${length}`);
  }
  const rows = Array.from({ length: d_vocab ** (length - 2) }, (_, i) => [
    0,
    ...Array.from({ length: length - 2 }, (_, p) => Math.floor(i / d_vocab ** p) % d_vocab),
  ]);
  const { logits } = await run(model, rows);
  const likely = rows.map((row, r) => {
    const ends = logProbabilities(logits.get(r, row.length - 1).data).map(Math.exp);
    const before = tokenLogProbabilities(logits.get(r).reshape(1, ...logits.shape.slice(1)), [row]);
    return Math.exp(sum(before[0])) * sum(ends);
  });
  return { sum: sum(likely), texts: d_vocab ** (length - 1), length };
}
