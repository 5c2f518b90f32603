import type { Config } from "../../model/config.ts";
import { Random } from "../../tensor/random.ts";

/** What {@linkcode drawRepeats} is told. */
export interface RepeatOptions {
  /** The fewest and the most tokens in a block; each row draws its own, uniformly. */
  readonly block: readonly [shortest: number, longest: number];
  /** Rows, each drawn on its own; 1 unless told. */
  readonly rows?: number;
  /** Tokens in a row; n_ctx unless told. */
  readonly length?: number;
  /** 0 unless told. */
  readonly seed?: number | string;
}

/** Rows in which a block is said again and again. */
export interface Repeats {
  /** The rows, [rows][length]. */
  readonly tokens: number[][];
  /** How long the block of each row is. */
  readonly blocks: number[];
}

/**
 * Blocks of distinct random tokens, each said again and again until its row is full. Since lengths
 * differ from row to row, the place from which to copy has to be found: no fixed distance will do.
 *
 * @throws {RangeError} If a block could be longer than the vocabulary, or would not be said again.
 */
export function drawRepeats(
  { config: { d_vocab, n_ctx } }: { readonly config: Config },
  { block: [shortest, longest], rows = 1, length = n_ctx, seed = 0 }: RepeatOptions,
): Repeats {
  const most = Math.min(d_vocab, length - 1);
  const whole = [shortest, longest].every(Number.isSafeInteger);
  if (!whole || shortest < 1 || shortest > longest || longest > most) {
    const required = `blocks of 1 to ${most} tokens, the shortest first, are required`;
    throw new RangeError(`Cannot draw repeats: ${required}, got [${shortest}, ${longest}]`);
  }
  const random = new Random(`repeats ${seed}`);
  const words = Array.from({ length: d_vocab }, (_, token) => token);
  const blocks = Array.from({ length: rows }, () => random.integer(shortest, longest));
  const tokens = blocks.map((size) => {
    const once = random.shuffle(words).slice(0, size);
    return Array.from({ length }, (_, i) => once[i % size]);
  });
  return { tokens, blocks };
}
