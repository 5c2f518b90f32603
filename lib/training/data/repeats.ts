import { type BlockRange, checkBlocks, sayAgain } from "../../circuits/texts/draw_repeats.ts";
import { type Batches, type BatchesOptions, checkSizes, randomAt } from "./batches.ts";

/** What {@linkcode repeatBatches} draws. */
export interface RepeatBatchesOptions extends BatchesOptions {
  readonly d_vocab: number;
  /** The fewest and the most tokens in a block; each row draws its own, uniformly. */
  readonly block: BlockRange;
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
  const { batch, length, d_vocab, block, seed } = options;
  checkSizes("repeats", { batch, length, d_vocab });
  checkBlocks(block, d_vocab, length + 1);
  const tokens = Array.from({ length: d_vocab }, (_, token) => token);
  return (step) => {
    const random = randomAt(seed, step);
    return Array.from({ length: batch }, () => {
      const drawn = random.shuffle(tokens); // before its length: what was trained on stays the same
      return sayAgain(drawn.slice(0, random.integer(...block)), length + 1);
    });
  };
}
