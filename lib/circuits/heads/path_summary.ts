import type { Model } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";
import { mean, standardError, sum, type Tensor } from "../../tensor/mod.ts";
import { effectiveByToken } from "./effective_number.ts";
import { losses } from "../losses/loss.ts";
import { embeddingPaths, holdPatterns, type Path, pathAttribution } from "./paths.ts";

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

function meanLoss(logits: Tensor, rows: Tokens, from: number): number {
  return mean(losses(logits, rows).flatMap((row) => row.slice(from)));
}

/**
 * Takes a model without MLPs apart on some text, and says what each path writes: see
 * {@linkcode holdPatterns} for what is held. All of it together is the model's own prediction, so its
 * loss takes no sum of paths.
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
