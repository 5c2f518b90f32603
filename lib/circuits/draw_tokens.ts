import type { Config } from "../model/config.ts";
import { Random } from "../tensor/random.ts";

/** How long a drawn text is, unless the model or the caller wants it shorter. */
const LENGTH = 12;

/** What {@linkcode drawTokens} may be told. */
export interface DrawOptions {
  /** Tokens in each row: 12 unless told, and never more than n_ctx. */
  readonly length?: number;
  /** Rows, each drawn on its own; 1 unless told. */
  readonly rows?: number;
  /** 0 unless told. */
  readonly seed?: number | string;
}

/** Random tokens that a model understands, the same for the same seed: [rows][length]. */
export function drawTokens(
  { config }: { readonly config: Config },
  { length = LENGTH, rows = 1, seed = 0 }: DrawOptions = {},
): number[][] {
  const random = new Random(`tokens ${seed}`);
  const fits = Math.min(length, config.n_ctx);
  return Array.from({ length: rows }, () => random.integers(fits, config.d_vocab));
}

/**
 * A block of distinct random tokens said twice, the part that a model can only know by looking
 * back: rows of [first, ..., last, first, ..., last].
 *
 * @param block Tokens in the block.
 * @throws {RangeError} If the block is none, the vocabulary has fewer tokens, or the window is shorter
 * than two blocks.
 */
export function drawSaidTwice(
  { config }: { readonly config: Config },
  block: number,
  { rows = 1, seed = 0 }: Omit<DrawOptions, "length"> = {},
): number[][] {
  const longest = Math.min(config.d_vocab, Math.floor(config.n_ctx / 2));
  if (!Number.isInteger(block) || block < 1 || block > longest) {
    const required = `a block of 1 to ${longest} tokens is required`;
    throw new RangeError(`Cannot say a block twice: ${required}, got ${block}`);
  }
  const random = new Random(`said twice ${seed}`);
  const all = Array.from({ length: config.d_vocab }, (_, token) => token);
  return Array.from({ length: rows }, () => {
    const once = random.shuffle(all).slice(0, block);
    return [...once, ...once];
  });
}
