import { type Head, headsOf, inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { mean, type Tensor } from "../../tensor/mod.ts";
import { divergence, type Prediction, predictions } from "../losses/divergence.ts";

/** What became of the predictions when one head got another pattern, as evidence. */
export type PatternPatch = Head & {
  /** KL(as it was || with the other pattern), averaged over positions, in nats. */
  readonly cost: number;
};

/**
 * Gives one head at a time another pattern than its own, all in one batch, and measures how far the
 * predictions move.
 *
 * @param tokens Texts of one length.
 * @param patterns What takes the place of a layer's patterns, [1, head or 1, query, key]: each
 * head's own part of it.
 * @returns A cost for each head, layer by layer.
 */
export async function patchPatterns(
  model: Model,
  tokens: Tokens,
  patterns: readonly Tensor[],
): Promise<PatternPatch[]> {
  const heads = headsOf(model.config);
  const costs = await patchTogether(model, tokens, patterns, heads.map((head) => [head]));
  return heads.map((head, i) => ({ ...head, cost: costs[i] }));
}

/**
 * The same for groups of heads: those of a group get their other patterns at once.
 *
 * @returns A cost for each group; one without a head costs nothing.
 */
export async function patchTogether(
  model: Model,
  tokens: Tokens,
  patterns: readonly Tensor[],
  groups: readonly (readonly Head[])[],
): Promise<number[]> {
  const hooks = inEachBlock(model.config, "attn.hook_pattern");
  // First the texts as they are, then once more for each group.
  const rowsOf = (i: number) => tokens.map((_, row) => (i + 1) * tokens.length + row);
  const interventions = groups.flatMap((heads, i) =>
    heads.map(({ layer, head }) => ({
      hook: hooks[layer],
      heads: [head],
      rows: rowsOf(i),
      to: patterns[layer],
    }))
  );
  const texts = [tokens, ...groups.map(() => tokens)].flat();
  const { logits } = await run(model, texts, { interventions });
  const clean = tokens.map((_, row) => predictions(logits.get(row)));
  return groups.map((_, i) =>
    mean(rowsOf(i).map((row, text) => meanDivergence(clean[text], logits.get(row))))
  );
}

/** KL(p || q), averaged over positions, in nats; what rounding puts below zero is cut off. */
function meanDivergence(p: readonly Prediction[], logits: Tensor): number {
  return Math.max(0, mean(p.map((each, position) => divergence(each, logits.get(position).data))));
}
