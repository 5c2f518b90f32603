import type { Model } from "../model/model.ts";
import { run } from "../runtime/run.ts";
import { maxDifference, reorderPositions } from "../tensor/compare.ts";
import { Random } from "../tensor/random.ts";

/** What a reordering of the positions did, as evidence. */
export type ReorderingSummary = {
  /** The most by which "reorder, then compute" missed "compute, then reorder", over all blocks. */
  readonly apart: number;
  /** The most by which the reordering changed anything at all. */
  readonly moved: number;
};

/**
 * Whether a part of every block commutes with any reordering of the positions: the stream is put
 * in another order at `from`, and what arrives at `to` is compared with what arrived there before,
 * put in that order.
 *
 * @param tokens One text.
 * @param hooks Named without their block: `{ from: "hook_resid_mid", to: "hook_mlp_out" }`.
 */
export async function reordering(
  model: Model,
  tokens: readonly number[],
  hooks: { readonly from: string; readonly to: string },
): Promise<ReorderingSummary> {
  const order = new Random("reordering").shuffle(tokens.map((_, position) => position));
  const summary = { apart: 0, moved: 0 };
  for (let layer = 0; layer < model.config.n_layers; layer++) {
    const [from, to] = [`blocks.${layer}.${hooks.from}`, `blocks.${layer}.${hooks.to}`];
    const clean = await run(model, [tokens], { hooks: [from, to] });
    const shuffle = { hook: from, to: reorderPositions(clean.get(from), order) };
    const shuffled = await run(model, [tokens], { hooks: [to], interventions: [shuffle] });
    const expected = reorderPositions(clean.get(to), order);
    summary.apart = Math.max(summary.apart, maxDifference(shuffled.get(to), expected));
    summary.moved = Math.max(summary.moved, maxDifference(shuffled.get(to), clean.get(to)));
  }
  return summary;
}
