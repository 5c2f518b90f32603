import { type Batches, checkSizes, randomAt } from "./batches.ts";

/** What {@linkcode repeatBatches} draws. */
export interface RepeatBatchesOptions {
  /** Rows in a batch. */
  readonly batch: number;
  /** Inputs in a row; a row has one token more. */
  readonly length: number;
  readonly d_vocab: number;
  /** The fewest and the most tokens in a block; each row draws its own, uniformly. */
  readonly block: readonly [shortest: number, longest: number];
  /** Decides, together with the step, what is drawn. */
  readonly seed: number | string;
}

/**
 * Rows that can only be predicted by copying: a block of random tokens, said again and again until
 * the row is full. Within a block no token occurs twice, so what followed it last time is what
 * follows now. The block's length differs from row to row: were it fixed, attending a fixed
 * distance back would do, without looking at the tokens.
 *
 * @throws {RangeError} If a block could be longer than the vocabulary, or would not be repeated.
 */
export function repeatBatches(options: RepeatBatchesOptions): Batches {
  const { batch, length, d_vocab, block: [shortest, longest], seed } = options;
  checkSizes("repeats", { batch, length, d_vocab, shortest, longest });
  const limit = Math.min(d_vocab, length);
  if (shortest > longest || longest > limit) {
    throw new RangeError(
      `Cannot draw repeats: a block must have from 1 to ${limit} tokens (the vocabulary and the ` +
        `length allow no more), shortest first, got [${shortest}, ${longest}]`,
    );
  }
  const tokens = Array.from({ length: d_vocab }, (_, token) => token);
  return (step) => {
    const random = randomAt(seed, step);
    return Array.from({ length: batch }, () => {
      const block = random.shuffle(tokens).slice(0, random.integer(shortest, longest));
      return Array.from({ length: length + 1 }, (_, i) => block[i % block.length]);
    });
  };
}
