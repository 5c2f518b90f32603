import type { Model } from "../model/model.ts";
import { run } from "../runtime/run.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { logProbabilities } from "./loss.ts";
import { patternHooks } from "./patterns.ts";

/** What became of the predictions when one head got another pattern, as evidence. */
export type PatternCost = {
  readonly layer: number;
  readonly head: number;
  /** KL(as it was || with the other pattern), averaged over positions, in nats. */
  readonly cost: number;
};

/**
 * Gives one head at a time another pattern than its own, all in one batch, and measures how far the
 * predictions move.
 *
 * @param tokens Texts of one length.
 * @param patterns What takes the place of a layer's patterns, [1, head or 1, query, key]: each head's
 * own part of it.
 * @returns A cost for each head, layer by layer.
 */
export async function patternCosts(
  model: Model,
  tokens: Tokens,
  patterns: readonly Tensor[],
): Promise<PatternCost[]> {
  const hooks = patternHooks(model);
  const heads = hooks.flatMap((hook, layer) =>
    Array.from({ length: model.config.n_heads }, (_, head) => ({ hook, layer, head }))
  );
  // First the texts as they are, then once more for each head.
  const rowsOf = (i: number) => tokens.map((_, row) => (i + 1) * tokens.length + row);
  const interventions = heads.map(({ hook, layer, head }, i) => ({
    hook,
    heads: [head],
    rows: rowsOf(i),
    to: patterns[layer],
  }));
  const { logits } = await run(model, [tokens, ...heads.map(() => tokens)].flat(), {
    interventions,
  });
  const clean = tokens.map((_, row) => logProbabilitiesOf(logits.get(row)));
  return heads.map(({ layer, head }, i) => {
    const costs = rowsOf(i).map((row, text) => divergence(clean[text], logits.get(row)));
    return { layer, head, cost: costs.reduce((a, b) => a + b) / costs.length };
  });
}

/** Of logits [pos, d_vocab], the log-probabilities at each position. */
function logProbabilitiesOf(logits: Tensor): Float64Array[] {
  return Array.from({ length: logits.shape[0] }, (_, p) => logProbabilities(logits.get(p).data));
}

/** KL(p || q), averaged over positions, in nats; never below zero but for rounding, which is cut. */
function divergence(p: readonly Float64Array[], logits: Tensor): number {
  let sum = 0;
  for (const [position, logP] of p.entries()) {
    const logQ = logProbabilities(logits.get(position).data);
    for (let i = 0; i < logP.length; i++) sum += Math.exp(logP[i]) * (logP[i] - logQ[i]);
  }
  return Math.max(0, sum / p.length);
}
