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
  /** How far the second is from the first, relative to it. */
  readonly apart: number;
  readonly predictions: number;
  /** All weights are zero, and so all words are equally likely. */
  readonly allAlike: boolean;
  readonly d_vocab: number;
};

/** The exponential of the mean loss. */
const exponential = (losses: readonly number[]) => Math.exp(mean(losses));

/** Perplexity as one over the geometric mean of probabilities, and from the losses. */
export function perplexities(model: Model): Promise<Perplexities> {
  return fromLosses(model, exponential);
}

/** @internal @param byLosses What is made of the losses at all positions. */
export async function fromLosses(
  model: Model,
  byLosses: (losses: readonly number[]) => number,
): Promise<Perplexities> {
  const { d_vocab, n_ctx } = model.config;
  const known = d_vocab === (await texts.tokenizer()).size;
  const rows = known
    ? await texts.heldOutRows({ rows: 2, length: n_ctx })
    : probes.drawTokens(model, { length: n_ctx });
  const { logits } = await run(model, rows);
  const losses = probes.losses(logits, rows).flat();
  // Softmax is written out once more, so that the losses are compared with something else.
  const product = rows.flatMap((row, r) =>
    row.slice(1).map((token, p) => probability(logits.get(r, p), token))
  ).reduce((all, p) => all * p ** (1 / losses.length), 1);
  const [first, second] = [1 / product, byLosses(losses)];
  return {
    byProduct: first,
    byLosses: second,
    apart: Math.abs(second / first - 1),
    predictions: losses.length,
    allAlike: Object.values(model.weights).every((x) => maxAbs(x) === 0),
    d_vocab,
  };
}

/** A mean of perplexities in the place of a perplexity: what it is not. */
export function meanOfPerplexities(model: Model): Promise<Perplexities> {
  return fromLosses(model, (losses) => mean(losses.map(Math.exp)));
}

/**
 * What the probabilities of all texts of one length add up to. Given its first token, a text's
 * probability is the product of the predictions at its positions. Eleven to twenty-three words
 * allow
 * all texts of four, four hundred and eighty all of three.
 */
export function sumOverTexts(model: Model) {
  return probes.totalProbability(model, model.config.d_vocab < 30 ? 4 : 3);
}

/** Softmax as the textbook has it, in 64 bits. */
function probability({ data }: Tensor, token: number): number {
  return Math.exp(data[token]) / data.reduce((sum, logit) => sum + Math.exp(logit), 0);
}
