import { inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { max, maxDifference, type Tensor } from "../../tensor/mod.ts";

/** How far the scores of two models are from each other, as evidence. */
export type ScoreDifference = {
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
export async function scoreDifference(
  a: Model,
  b: Model,
  tokens: Tokens,
): Promise<ScoreDifference> {
  if (a.config.n_layers === 0) throw new RangeError(`Cannot compare scores: ${a.name} has none`);
  const scores = inEachBlock(a.config, "attn.hook_attn_scores");
  const patterns = inEachBlock(a.config, "attn.hook_pattern");
  const options = { hooks: [...scores, ...patterns] };
  const [left, right] = [await run(a, tokens, options), await run(b, tokens, options)];
  const difference = (hooks: readonly string[]) =>
    max(hooks.map((hook) => maxDifference(left.get(hook), right.get(hook))));
  const largest = max(scores.map((hook) => largestFinite(left.get(hook))));
  return { apart: difference(scores) / largest, weightsApart: difference(patterns) };
}

/**
 * Runs two models of one shape on the same text and compares what every head writes: the largest
 * difference, relative to the largest number written.
 *
 * @throws {RangeError} If there is no layer.
 */
export async function writtenDifference(a: Model, b: Model, tokens: Tokens): Promise<number> {
  if (a.config.n_layers === 0) throw new RangeError(`Cannot compare heads: ${a.name} has none`);
  const hooks = inEachBlock(a.config, "attn.hook_result");
  const [left, right] = [await run(a, tokens, { hooks }), await run(b, tokens, { hooks })];
  const apart = max(hooks.map((hook) => maxDifference(left.get(hook), right.get(hook))));
  return apart / max(hooks.map((hook) => largestFinite(left.get(hook))));
}

/** The largest absolute number; minus infinity, where the mask is, does not count. */
export function largestFinite({ data }: Tensor): number {
  return max(data.map((x) => Number.isFinite(x) ? Math.abs(x) : 0));
}
