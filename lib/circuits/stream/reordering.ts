import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import { maxDifference } from "../../tensor/compare.ts";
import { reorderPositions } from "../../tensor/rows.ts";
import { Random } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";

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
 * @param order Which position comes in each place; a random order unless told.
 */
export async function reordering(
  model: Model,
  tokens: readonly number[],
  hooks: { readonly from: string; readonly to: string },
  order: readonly number[] = new Random("reordering").shuffle(tokens.map((_, place) => place)),
): Promise<ReorderingSummary> {
  const layers = Array.from({ length: model.config.n_layers }, (_, layer) => `blocks.${layer}.`);
  // Row 0 is the text as it is; in row l + 1 the stream is reordered in block l.
  const rows = [tokens, ...layers.map(() => tokens)];
  const interventions = layers.map((block, layer) => ({
    hook: `${block}${hooks.from}`,
    rows: [layer + 1],
    to: (clean: Tensor) => reorderPositions(clean, order),
  }));
  const read = layers.map((block) => `${block}${hooks.to}`);
  const result = await run(model, rows, { hooks: read, interventions });
  const summary = { apart: 0, moved: 0 };
  read.forEach((hook, layer) => {
    const [clean, shuffled] = [result.get(hook).get(0), result.get(hook).get(layer + 1)];
    const expected = reorderPositions(clean.reshape(1, ...clean.shape), order).get(0);
    summary.apart = Math.max(summary.apart, maxDifference(shuffled, expected));
    summary.moved = Math.max(summary.moved, maxDifference(shuffled, clean));
  });
  return summary;
}
