import { type Model, run } from "../../mod.ts";
import { maxAbs, mean, type Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** Perplexity by its two definitions, as evidence. */
export type Perplexities = {
  /** One over the geometric mean of the probabilities that softmax makes of the logits. */
  readonly byProduct: number;
  /** From the losses. */
  readonly byLosses: number;
  readonly predictions: number;
  /** All weights are zero, and so all words are equally likely. */
  readonly allAlike: boolean;
  readonly d_vocab: number;
};

/** The exponential of the mean loss. */
const exponential = (losses: readonly number[]) => Math.exp(mean(losses));

/** @param byLosses What is made of the losses at all positions. */
export async function perplexities(model: Model, byLosses = exponential): Promise<Perplexities> {
  const { d_vocab, n_ctx } = model.config;
  const known = d_vocab === (await texts.booksTokenizer()).size;
  const rows = known
    ? await texts.heldOutRows({ rows: 2, length: n_ctx })
    : probes.drawTokens(model, { length: n_ctx });
  const { logits } = await run(model, rows);
  const losses = probes.losses(logits, rows).flat();
  // Softmax is written out once more, so that the losses are compared with something else.
  const product = rows.flatMap((row, r) =>
    row.slice(1).map((token, p) => probability(logits.get(r, p), token))
  ).reduce((all, p) => all * p ** (1 / losses.length), 1);
  return {
    byProduct: 1 / product,
    byLosses: byLosses(losses),
    predictions: losses.length,
    allAlike: Object.values(model.weights).every((x) => maxAbs(x) === 0),
    d_vocab,
  };
}

/** Softmax as the textbook has it, in 64 bits. */
function probability({ data }: Tensor, token: number): number {
  return Math.exp(data[token]) / data.reduce((sum, logit) => sum + Math.exp(logit), 0);
}
