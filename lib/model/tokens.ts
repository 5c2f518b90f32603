import type { Config } from "./config.ts";
import { describe } from "./files/file_error.ts";
import { Unfit } from "./unfit.ts";

/** Rows of token ids, all of one length: [batch][pos]. */
export type Tokens = readonly (readonly number[])[];

/**
 * Token ids, checked and in one row after the other, as a run is fed. Loops would find no row for a
 * wrong one; the runtime would wrap a negative one round without a word and read past the end of a
 * position table.
 *
 * @param start How many tokens came before.
 * @throws {RangeError} If there is no row or an empty one, rows differ in length, or an id is no whole
 * number in [0, d_vocab); an {@linkcode Unfit} if a row is longer than the table of learned positions.
 */
export function checkTokens(
  config: Config,
  tokens: Tokens,
  start = 0,
): { readonly integers: readonly number[]; readonly shape: readonly number[] } {
  const length = tokens[0]?.length ?? 0;
  if (length === 0) throw new RangeError("Cannot run: at least one row of one token is required");
  const odd = tokens.findIndex((row) => row.length !== length);
  if (odd >= 0) {
    const lengths = `row 0 has ${length}, row ${odd} has ${tokens[odd].length}`;
    throw new RangeError(`Cannot run: rows must have one length, ${lengths}`);
  }
  if (config.positions === "learned" && start + length > config.n_ctx) {
    const table = `n_ctx = ${config.n_ctx} learned positions`;
    throw new Unfit(`Cannot run ${start + length} tokens: the model has ${table}`);
  }
  const integers = tokens.flatMap((row) => [...row]); // flat() would skip holes
  const bad = integers.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= config.d_vocab);
  if (bad < 0) return { integers, shape: [tokens.length, length] };
  const place = `row ${Math.floor(bad / length)}, position ${bad % length}`;
  const required = `a whole number in [0, ${config.d_vocab})`;
  throw new RangeError(
    `Cannot run: a token must be ${required}, got ${describe(integers[bad])} at ${place}`,
  );
}
