import { type Config, Unfit } from "../../model/mod.ts";
import { Random } from "../../tensor/mod.ts";
import { drawDistinct, type DrawOptions } from "./draw_tokens.ts";

/** The fewest and the most tokens in a block; each row draws its own, uniformly. */
export type BlockRange = readonly [shortest: number, longest: number];

/** What {@linkcode drawRepeatedBlocks} is told. */
export interface RepeatOptions extends Pick<DrawOptions, "rows" | "seed"> {
  /** How long blocks are. */
  readonly block: BlockRange;
  /** Tokens in a row; n_ctx unless told. */
  readonly length?: number;
}

/** Rows in which a block is said again and again. */
export interface RepeatedBlocks {
  /** The rows, [rows][length]. */
  readonly tokens: number[][];
  /** How long the block of each row is. */
  readonly blocks: number[];
}

/**
 * Blocks of distinct random tokens, each said again and again until its row is full. Since lengths
 * differ from row to row, the place from which to copy has to be found: no fixed distance will do.
 *
 * @throws {Unfit} If a block could be longer than the vocabulary, or would not be said again.
 */
export function drawRepeatedBlocks(
  { config }: { readonly config: Config },
  { block, rows = 1, length = config.n_ctx, seed = 0 }: RepeatOptions,
): RepeatedBlocks {
  checkBlocks(block, config.d_vocab, length);
  const random = new Random(`repeats ${seed}`);
  const blocks = Array.from({ length: rows }, () => random.integer(...block));
  const tokens = blocks.map((size) => sayAgain(drawDistinct(random, size, config), length));
  return { tokens, blocks };
}

/**
 * A block of distinct random tokens said twice, the part that a model can only know by looking
 * back: rows of [first, ..., last, first, ..., last].
 *
 * @param block Tokens in the block.
 * @throws {Unfit} If the block is none, the vocabulary has fewer tokens, or the window is shorter
 * than two blocks.
 */
export function drawRepeatedTokens(
  { config }: { readonly config: Config },
  block: number,
  { rows = 1, seed = 0 }: Pick<DrawOptions, "rows" | "seed"> = {},
): number[][] {
  const longest = Math.min(config.d_vocab, Math.floor(config.n_ctx / 2));
  if (!Number.isInteger(block) || block < 1 || block > longest) {
    const required = `a block of 1 to ${longest} tokens is required`;
    throw new Unfit(`Cannot say a block twice: ${required}, got ${block}`);
  }
  const random = new Random(`said twice ${seed}`);
  return Array.from(
    { length: rows },
    () => sayAgain(drawDistinct(random, block, config), 2 * block),
  );
}

/** A block said again and again until a row is full: [length]. */
export function sayAgain(block: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => block[i % block.length]);
}

/**
 * Refuses blocks that could not be of distinct tokens, or would not be said again.
 *
 * @param length Tokens in a row.
 * @throws {Unfit} If they are such, or are no range.
 */
export function checkBlocks(
  [shortest, longest]: BlockRange,
  d_vocab: number,
  length: number,
): void {
  const most = Math.min(d_vocab, length - 1);
  const whole = [shortest, longest].every(Number.isSafeInteger);
  if (whole && 1 <= shortest && shortest <= longest && longest <= most) return;
  const required = `blocks of 1 to ${most} tokens, the shortest first, are required`;
  throw new Unfit(`Cannot draw repeats: ${required}, got [${shortest}, ${longest}]`);
}
