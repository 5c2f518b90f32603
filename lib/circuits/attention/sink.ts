import { inEachBlock } from "../../model/hooks.ts";
import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mean } from "../../tensor/statistics.ts";

/** How a head leans on the first token of a block that is said twice, as evidence. */
export type Sink = {
  /** Its weight on that token, a mean over rows, position by position. */
  readonly byPosition: readonly number[];
  /** The mean over the second half of the first block, where nothing has been said before. */
  readonly searching: number;
  /** The mean over the second block, where everything has. */
  readonly finding: number;
  /** How much it writes while searching, relative to while finding: root mean squares. */
  readonly writes: number;
};

/**
 * The head that gives most of its weight to the first token while it has nothing to look back for:
 * an attention sink (Xiao et al., 2023, arXiv:2309.17453), if it is much.
 *
 * @param rows Each of two blocks of one length, the second saying the first again.
 * @throws {RangeError} If the model has no heads.
 */
export async function strongestSink(model: Model, rows: Tokens): Promise<Sink> {
  if (model.config.n_layers === 0) {
    throw new RangeError(`Cannot find a sink: ${model.name} has no heads`);
  }
  const block = rows[0].length / 2;
  const patterns = inEachBlock(model.config, "attn.hook_pattern");
  const results = inEachBlock(model.config, "attn.hook_result");
  const kept = await run(model, rows, { hooks: [...patterns, ...results] });
  const heads = patterns.flatMap((hook, layer) =>
    Array.from({ length: model.config.n_heads }, (_, head) => {
      const byPosition = overRows(kept.get(hook), 2 * block, (row, p) => row.at(head, p, 0));
      return { layer, head, byPosition, ...early(byPosition) };
    })
  );
  const most = heads.reduce((a, b) => b.searching > a.searching ? b : a);
  const squares = overRows(
    kept.get(results[most.layer]),
    2 * block,
    (row, p) => row.get(p, most.head).data.reduce((sum, x) => sum + x ** 2, 0),
  );
  const { searching, finding } = early(squares);
  return {
    byPosition: most.byPosition,
    searching: most.searching,
    finding: most.finding,
    writes: Math.sqrt(searching / finding),
  };
}

/** Means over the second half of the first block, and over the second block. */
function early(byPosition: readonly number[]): Pick<Sink, "searching" | "finding"> {
  const block = byPosition.length / 2;
  const searching = mean(byPosition.slice(Math.floor(block / 2), block));
  return { searching, finding: mean(byPosition.slice(block)) };
}

/** What is read of each row at each position, averaged over rows. */
function overRows(x: Tensor, length: number, read: (row: Tensor, p: number) => number): number[] {
  const rows = Array.from({ length: x.shape[0] }, (_, row) => x.get(row));
  return Array.from({ length }, (_, p) => mean(rows.map((row) => read(row, p))));
}
