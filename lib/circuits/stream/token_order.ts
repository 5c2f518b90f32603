import { type Model, streamHooks } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import {
  max,
  maxAbs,
  maxDifference,
  mean,
  Random,
  reorderRows,
  standardError,
} from "../../tensor/mod.ts";
import { lastLosses } from "../losses/loss.ts";

/** What came of putting the tokens of a text into another order, as evidence. */
export type TokenOrder = {
  /** How far the stream at its start is from the old one in the new order. */
  readonly start: number;
  /** How far the logits are from the old in the new order; like all below, of the largest. */
  readonly everywhere: number;
  /** How far the logits are from the old ones in the old order. */
  readonly moved: number;
  /** How far the logits at the last position moved. */
  readonly last: number;
  /** How far those before the last one moved. */
  readonly elsewhere: number;
};

/**
 * Runs a text and the same tokens in another order.
 *
 * @param order Which token comes in each place.
 * @throws {RangeError} Unless the order names every place once, and there are two or more.
 */
export async function reorderTokens(
  model: Model,
  text: readonly number[],
  order: readonly number[],
): Promise<TokenOrder> {
  const end = text.length - 1;
  if (end < 1) throw new RangeError(`Cannot reorder: two tokens are required, got ${text.length}`);
  const [start] = streamHooks(model.config);
  const kept = await run(model, [text, order.map((place) => text[place])], { hooks: [start] });
  const [from, to] = kept.get(start).unstack();
  const [before, after] = kept.logits.unstack();
  const inOrder = (x: typeof from) => reorderRows(x, order);
  const largest = maxAbs(kept.logits);
  const moved = text.map((_, p) => maxDifference(after.get(p), before.get(p)) / largest);
  return {
    start: maxDifference(to, inOrder(from)),
    everywhere: maxDifference(after, inOrder(before)) / largest,
    moved: max(moved),
    last: moved[end],
    elsewhere: max(moved.slice(0, end)),
  };
}

/** What the order of the earlier tokens is worth to a model, in nats, as evidence. */
export type WorthOfOrder = {
  /** The loss on the last token of each text, averaged. */
  readonly ordered: number;
  /** How much more it is once the tokens before are shuffled, but for the one right before it. */
  readonly worth: number;
  /** The standard error of that. */
  readonly error: number;
};

/**
 * Shuffles the tokens of each text, all but the last two, and looks how much worse the last is
 * predicted. Which tokens there were, and which one stands right before, stays as it was.
 *
 * @param rows Texts of one length, of which the last token is only predicted.
 */
export async function worthOfOrder(model: Model, rows: Tokens): Promise<WorthOfOrder> {
  const random = new Random("worth of order");
  const mixed = rows.map((row) => [...random.shuffle(row.slice(0, -2)), ...row.slice(-2)]);
  const [kept, lost] = [await lastLosses(model, rows), await lastLosses(model, mixed)];
  const differences = lost.map((loss, row) => loss - kept[row]);
  return { ordered: mean(kept), worth: mean(differences), error: standardError(differences) };
}
