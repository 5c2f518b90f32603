import { type Config, Unfit } from "../../model/mod.ts";
import { Random } from "../../tensor/mod.ts";

/**
 * How long a drawn text is, unless the model or the caller wants it shorter: longer than the window
 * of any random model, and no width of theirs, so that no axis passes for another.
 */
const LENGTH = 14;

/** What {@linkcode drawTokens} may be told. */
export interface DrawOptions {
  /** Tokens in each row: 14 unless told, and never more than n_ctx. */
  readonly length?: number;
  /** Rows, each drawn on its own; 1 unless told. */
  readonly rows?: number;
  /** 0 unless told. */
  readonly seed?: number | string;
  /** Whether the tokens of a row all differ; there must be enough of them. */
  readonly distinct?: boolean;
}

/**
 * Random tokens that a model understands, the same for the same seed: [rows][length].
 *
 * @throws {Unfit} If they are to differ and the vocabulary has too few.
 */
export function drawTokens(
  { config }: { readonly config: Config },
  { length = LENGTH, rows = 1, seed = 0, distinct = false }: DrawOptions = {},
): number[][] {
  const random = new Random(`tokens ${seed}`);
  const fits = Math.min(length, config.n_ctx);
  return Array.from(
    { length: rows },
    () => distinct ? drawDistinct(random, fits, config) : random.integers(fits, config.d_vocab),
  );
}

/**
 * Random tokens that all differ.
 *
 * @throws {Unfit} If the vocabulary has too few.
 */
export function drawDistinct(random: Random, length: number, { d_vocab }: Config): number[] {
  if (length > d_vocab) {
    throw new Unfit(`Cannot draw ${length} distinct tokens: the vocabulary has ${d_vocab}`);
  }
  return random.shuffle(Array.from({ length: d_vocab }, (_, token) => token)).slice(0, length);
}
