import type { Model } from "../../model/mod.ts";
import { run } from "../../runtime/mod.ts";
import { max, maxDifference, Random, reorderRows, type Tensor } from "../../tensor/mod.ts";
import { inGroups } from "../texts/in_batches.ts";
import { type Pair, pairsInEachBlock } from "./influence.ts";

/** Where a part of a block begins and ends: hooks without their block. */
export type Ends = Pick<Pair, "from" | "to">;

/** Whether a part of the blocks commutes with a permutation of positions, as evidence. */
export type Equivariance = {
  /** The most by which "reorder, then compute" missed "compute, then reorder", over all blocks. */
  readonly apart: number;
  /** The most by which the reordering changed anything at all. */
  readonly moved: number;
};

/**
 * Whether parts of every block are equivariant under permutations of the positions: the stream is
 * put in another order at `from`, and what arrives at `to` is compared with what arrived there
 * before, put in that order.
 *
 * @param tokens One text.
 * @param parts One or several; hooks without their block, as from hook_resid_mid to hook_mlp_out.
 * @param order Which position comes in each place; a random order unless told.
 */
export async function permutationEquivariance(
  model: Model,
  tokens: readonly number[],
  parts: Ends | readonly Ends[],
  order: readonly number[] = new Random("reordering").shuffle([...tokens.keys()]),
): Promise<Equivariance> {
  const pairs = [parts].flat().flatMap((part) => pairsInEachBlock(model, part));
  const found: Equivariance[] = [];
  for (const group of inGroups(pairs, model.config, tokens.length)) {
    found.push(...await equivariances(model, tokens, group, order));
  }
  const most = (numbers: readonly number[]) => Math.max(0, max(numbers)); // without blocks nothing
  return {
    apart: most(found.map(({ apart }) => apart)),
    moved: most(found.map(({ moved }) => moved)),
  };
}

/** The same of each of some pairs of hooks, in one run. */
async function equivariances(
  model: Model,
  tokens: readonly number[],
  pairs: readonly Pair[],
  order: readonly number[],
): Promise<Equivariance[]> {
  // Row 0 is the text as it is; in each further row one part of one block is fed in another order.
  const interventions = pairs.map(({ from: hook }, i) => ({
    hook,
    rows: [i + 1],
    to: (clean: Tensor) => reorderRows(clean.get(i + 1), order),
  }));
  const hooks = pairs.map(({ to }) => to);
  const result = await run(model, [tokens, ...hooks.map(() => tokens)], { hooks, interventions });
  return hooks.map((hook, i) => {
    const [clean, reordered] = [result.get(hook).get(0), result.get(hook).get(i + 1)];
    const apart = maxDifference(reordered, reorderRows(clean, order));
    return { apart, moved: maxDifference(reordered, clean) };
  });
}
