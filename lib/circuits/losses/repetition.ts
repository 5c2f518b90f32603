import type { Model } from "../../model/model.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import { lossByPosition } from "./loss.ts";
import { mean } from "../../tensor/statistics.ts";

/** The loss on rows of two blocks, in nats, as evidence. */
export type Repetition = {
  /** The mean over rows at each position but the last. */
  readonly byPosition: readonly number[];
  /** The mean within the first block. */
  readonly first: number;
  /** The mean within the second block, less its first token: that it begins again is news. */
  readonly again: number;
  /** What it costs to hold all tokens for equally likely: ln d_vocab. */
  readonly chance: number;
};

/**
 * How well a model predicts each of two blocks, such as {@linkcode drawSaidTwice} draws.
 *
 * @param rows Each of two blocks of one length.
 */
export async function repetition(model: Model, rows: Tokens): Promise<Repetition> {
  const byPosition = await lossByPosition(model, rows);
  const block = rows[0].length / 2;
  const [first, again] = [byPosition.slice(0, block - 1), byPosition.slice(block)];
  const chance = Math.log(model.config.d_vocab);
  return { byPosition, first: mean(first), again: mean(again), chance };
}
