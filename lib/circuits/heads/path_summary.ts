import type { Model } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";
import { add, mean, type Tensor } from "../../tensor/mod.ts";
import { effectiveNumber } from "./effective_number.ts";
import { losses } from "../losses/loss.ts";
import { holdPatterns, pathAttribution, pathLogits, pathsOf } from "./paths.ts";

/** What the paths through a model do on some text, patterns held, as evidence. */
export type PathSummary = {
  /** The loss with the paths from biases alone, in nats. */
  readonly biases: number;
  /** The loss with these and all paths through no head, at most one, at most two, ... */
  readonly upTo: readonly number[];
  /** The loss with all paths but those through exactly no head, one, two, ... */
  readonly without: readonly number[];
  /** Every path from the embedding: its heads, such as ["0.1", "1.0"], and what it does. */
  readonly paths: readonly {
    readonly through: readonly string[];
    /** How far it lifts the next token's logit above the mean over the vocabulary, on average. */
    readonly lift: number;
  }[];
  /** Over how many of the paths through heads such lifts, or falls, are effectively spread. */
  readonly effective: number;
};

/**
 * Takes a model without MLPs apart on some text: see {@linkcode holdPatterns} for what is held.
 *
 * @param rows Texts of one length.
 * @param from The first position whose prediction counts.
 */
export async function summarizePaths(
  model: Model,
  rows: Tokens,
  { from = 0 }: { readonly from?: number } = {},
): Promise<PathSummary> {
  const held = await holdPatterns(model, rows);
  const { embedding = [], biases: rest = [] } = Object.groupBy(pathsOf(held), (path) => path.from);
  const biases = pathLogits(held, rest);
  const orders = Array.from(
    { length: model.config.n_layers + 1 },
    (_, order) => pathLogits(held, embedding.filter(({ through }) => through.length === order)),
  );
  const meanFrom = (byRow: number[][]) => mean(byRow.flatMap((row) => row.slice(from)));
  const lossOf = (parts: readonly Tensor[]) => meanFrom(losses(add([biases, ...parts]), rows));
  const next = rows.map((row) => row.slice(1)); // nothing follows the last token
  const paths = embedding.map((path) => ({
    through: path.through.map((head) => head.join(".")),
    lift: meanFrom(pathAttribution(held, path, next)),
  }));
  const throughHeads = paths.filter(({ through }) => through.length > 0);
  return {
    biases: lossOf([]),
    upTo: orders.map((_, order) => lossOf(orders.slice(0, order + 1))),
    without: orders.map((_, order) => lossOf(orders.toSpliced(order, 1))),
    paths,
    effective: effectiveNumber(throughHeads.map(({ lift }) => Math.abs(lift))),
  };
}
