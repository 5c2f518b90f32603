import type { Model } from "../model/model.ts";
import { run } from "../runtime/run.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Logits over a vocabulary to log-probabilities, in double precision. */
export function logProbabilities(logits: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(logits);
  const top = x.reduce((a, b) => Math.max(a, b), -Infinity); // keeps the exponentials finite
  const total = x.reduce((sum, value) => sum + Math.exp(value - top), 0);
  return x.map((value) => value - top - Math.log(total));
}

/**
 * The cross-entropy of each prediction with the token that comes next, in nats: [row][pos], one
 * shorter than the rows, since nothing follows the last token.
 *
 * @param logits [batch, pos, d_vocab], of a run on `tokens`.
 */
export function losses(logits: Tensor, tokens: Tokens): number[][] {
  return tokens.map((row, r) =>
    row.slice(1).map((next, p) => -logProbabilities(logits.get(r, p).data)[next])
  );
}

/** Runs a model and averages its loss over rows, position by position, in nats: [pos - 1]. */
export async function lossByPosition(model: Model, tokens: Tokens): Promise<number[]> {
  const all = losses((await run(model, tokens)).logits, tokens);
  return all[0].map((_, p) => mean(all.map((row) => row[p])));
}

/** The arithmetic mean. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}
