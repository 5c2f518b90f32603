import type { Model } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";
import { add, mean, standardError, sum, type Tensor } from "../../tensor/mod.ts";
import { effectiveByToken } from "./effective_number.ts";
import { losses } from "../losses/loss.ts";
import {
  embeddingPaths,
  holdPatterns,
  type Path,
  pathAttribution,
  pathLogits,
  pathsOf,
} from "./paths.ts";

/** What the loss is with some of the paths through a model, patterns held, as evidence. */
export type PathLosses = {
  /** With the paths from biases alone, in nats. */
  readonly biases: number;
  /** With these and all paths through no head, at most one, at most two, ... */
  readonly upTo: readonly number[];
  /** With all paths but those through exactly no head, one, two, ... */
  readonly without: readonly number[];
};

/** What the paths through a model write on some text, patterns held, as evidence. */
export type PathSummary = {
  /** The loss with all of them, in nats: the model's own. */
  readonly loss: number;
  /**
   * Every path through heads, such as ["0.1", "1.0"], and its share in what they all write, up or
   * down, towards the next token: the mean of its shares at each token.
   */
  readonly paths: readonly { readonly through: readonly string[]; readonly share: number }[];
  /**
   * What the path past all heads writes towards it, beside what those through heads do: its share in
   * both together, likewise.
   */
  readonly direct: number;
  /** Over how many of the paths through heads that is effectively spread at a token, on average over tokens. */
  readonly effective: number;
  /** The standard error of that over tokens. */
  readonly error: number;
  /** What share the three largest have at a token, on average over tokens. */
  readonly largest: number;
};

/**
 * Takes a model without MLPs apart on some text: see {@linkcode holdPatterns} for what is held.
 *
 * @param rows Texts of one length.
 * @param from The first position whose prediction counts.
 */
export async function pathLosses(
  model: Model,
  rows: Tokens,
  { from = 0 }: { readonly from?: number } = {},
): Promise<PathLosses> {
  const held = await holdPatterns(model, rows);
  const { embedding = [], biases: rest = [] } = Object.groupBy(pathsOf(held), (path) => path.from);
  const biases = pathLogits(held, rest);
  const orders = Array.from(
    { length: model.config.n_layers + 1 },
    (_, order) => pathLogits(held, embedding.filter(({ through }) => through.length === order)),
  );
  const lossOf = (parts: readonly Tensor[]) => meanLoss(add([biases, ...parts]), rows, from);
  return {
    biases: lossOf([]),
    upTo: orders.map((_, order) => lossOf(orders.slice(0, order + 1))),
    without: orders.map((_, order) => lossOf(orders.toSpliced(order, 1))),
  };
}

function meanLoss(logits: Tensor, rows: Tokens, from: number): number {
  return mean(losses(logits, rows).flatMap((row) => row.slice(from)));
}

/**
 * What each path writes, likewise. All of it together is the model's own prediction, so its loss
 * takes no sum of paths.
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
  const embedding = embeddingPaths(held);
  const next = rows.map((row) => row.slice(1)); // nothing follows the last token
  const throughHeads = embedding.filter(({ through }) => through.length > 0);
  const sizeOf = (path: Path) =>
    pathAttribution(held, path, next).flatMap((row) => row.slice(from)).map(Math.abs);
  const sizes = throughHeads.map(sizeOf);
  const direct = sizeOf(embedding.find(({ through }) => through.length === 0)!);
  const totals = columnSums(sizes);
  const shares = sizes.map((path) => path.map((size, token) => size / totals[token]));
  const byToken = effectiveByToken(sizes);
  return {
    loss: meanLoss(held.logits, rows, from),
    paths: throughHeads.map(({ through }, i) => (
      { through: through.map((head) => head.join(".")), share: mean(shares[i]) }
    )),
    direct: mean(direct.map((size, token) => size / (size + totals[token]))),
    effective: mean(byToken),
    error: standardError(byToken),
    largest: mean(totals.map((_, token) => sum(largest(3, shares.map((path) => path[token]))))),
  };
}

function columnSums(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, column) => sum(rows.map((row) => row[column])));
}

function largest(count: number, numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => b - a).slice(0, count);
}
