import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** How far the scores of two models are from each other, as evidence. */
export type ScoresApart = {
  /** The largest difference between two scores, relative to the largest score. */
  readonly apart: number;
  /** The largest difference between two attention weights. */
  readonly weightsApart: number;
};

/**
 * Runs two models of one shape on the same text and compares every score that the mask leaves, in
 * every layer, and every attention weight.
 *
 * @throws {RangeError} If there is no layer.
 */
export async function scoresApart(a: Model, b: Model, tokens: Tokens): Promise<ScoresApart> {
  if (a.config.n_layers === 0) throw new RangeError(`Cannot compare scores: ${a.name} has none`);
  const layers = Array.from({ length: a.config.n_layers }, (_, layer) => `blocks.${layer}.attn`);
  const read = (what: string) => layers.map((attn) => `${attn}.${what}`);
  const [scores, patterns] = [read("hook_attn_scores"), read("hook_pattern")];
  const options = { hooks: [...scores, ...patterns] };
  const [left, right] = [await run(a, tokens, options), await run(b, tokens, options)];
  const difference = (hook: string) => {
    const other = right.get(hook).data;
    return left.get(hook).data.reduce((most, x, i) => {
      return x === other[i] ? most : Math.max(most, Math.abs(x - other[i])); // masked in both
    }, 0);
  };
  const largest = Math.max(...scores.map((hook) => largestFinite(left.get(hook))));
  return {
    apart: Math.max(...scores.map(difference)) / largest,
    weightsApart: Math.max(...patterns.map(difference)),
  };
}

/** The largest absolute number; minus infinity, where the mask is, does not count. */
export function largestFinite({ data }: Tensor): number {
  return data.reduce((most, x) => Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most, 0);
}
