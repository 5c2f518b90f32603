import { inEachBlock, type Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, maxDifference, Random, reorderRows, type Tensor } from "../../tensor/mod.ts";
import type { Pair } from "./influence.ts";

/** Whether a part of the blocks commutes with a permutation of positions, as evidence. */
export type Equivariance = {
  /** The most by which "reorder, then compute" missed "compute, then reorder", over all blocks. */
  readonly apart: number;
  /** The most by which the reordering changed anything at all. */
  readonly moved: number;
};

/**
 * Whether a part of every block is equivariant under permutations of the positions: the stream is
 * put in another order at `from`, and what arrives at `to` is compared with what arrived there
 * before, put in that order.
 *
 * @param tokens One text.
 * @param hooks Named without their block: `{ from: "hook_resid_mid", to: "hook_mlp_out" }`.
 * @param order Which position comes in each place; a random order unless told.
 */
export async function permutationEquivariance(
  model: Model,
  tokens: readonly number[],
  { from, to }: Pick<Pair, "from" | "to">,
  order: readonly number[] = new Random("reordering").shuffle([...tokens.keys()]),
): Promise<Equivariance> {
  // Row 0 is the text as it is; in row l + 1 the stream is reordered in block l.
  const interventions = inEachBlock(model.config, from).map((hook, layer) => ({
    hook,
    rows: [layer + 1],
    to: (clean: Tensor) => reorderRows(clean.get(layer + 1), order),
  }));
  const hooks = inEachBlock(model.config, to);
  const result = await run(model, [tokens, ...hooks.map(() => tokens)], { hooks, interventions });
  const found = hooks.map((hook, layer) => {
    const [clean, ...reordered] = result.get(hook).unstack();
    const apart = maxDifference(reordered[layer], reorderRows(clean, order));
    return { apart, moved: maxDifference(reordered[layer], clean) };
  });
  const most = (numbers: readonly number[]) => Math.max(0, max(numbers)); // without blocks nothing
  return {
    apart: most(found.map(({ apart }) => apart)),
    moved: most(found.map(({ moved }) => moved)),
  };
}
