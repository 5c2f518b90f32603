import { type Head, headsOf, inEachBlock, type Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { dot, mean, type Tensor } from "../../tensor/mod.ts";

/** Which head leans most on the first token of a block that is said twice, and how; as evidence. */
export type AttentionSink = Head & {
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
export async function attentionSink(model: Model, rows: Tokens): Promise<AttentionSink> {
  if (model.config.n_layers === 0) {
    throw new RangeError(`Cannot find a sink: ${model.name} has no heads`);
  }
  const patterns = inEachBlock(model.config, "attn.hook_pattern");
  const results = inEachBlock(model.config, "attn.hook_result");
  const kept = await run(model, rows, { hooks: [...patterns, ...results] });
  const heads = headsOf(model.config).map(({ layer, head }) => {
    const pattern = kept.get(patterns[layer]);
    const byPosition = byPositionOf(rows, (row, p) => pattern.at(row, head, p, 0));
    return { layer, head, byPosition, ...inHalves(byPosition) };
  });
  const sink = heads.reduce((a, b) => b.searching > a.searching ? b : a);
  const result = kept.get(results[sink.layer]);
  const squares = inHalves(byPositionOf(rows, (row, p) => squared(result.get(row, p, sink.head))));
  return { ...sink, writes: Math.sqrt(squares.searching / squares.finding) };
}

/** Means over the second half of the first block, and over the second block. */
function inHalves(
  byPosition: readonly number[],
): Pick<AttentionSink, "searching" | "finding"> {
  const block = byPosition.length / 2;
  const searching = mean(byPosition.slice(Math.floor(block / 2), block));
  return { searching, finding: mean(byPosition.slice(block)) };
}

/** What is read of each row at each position, averaged over rows. */
function byPositionOf(rows: Tokens, read: (row: number, p: number) => number): number[] {
  return rows[0].map((_, p) => mean(rows.map((_, row) => read(row, p))));
}

function squared({ data }: Tensor): number {
  return dot(data, data);
}
