import { type Model, ownKeys } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { max, mean, meanOverRows, range, sum, type Tensor } from "../../tensor/mod.ts";

/** What heads read from texts of several lengths, as evidence. */
export type AveragedValues = {
  /**
   * How far a read of the first n tokens is from the value of the mean token, relative to how far
   * the value of one token is: root mean squares over texts, heads and coordinates. And the largest
   * share that one of the n tokens has in it.
   */
  readonly reads: readonly { readonly n: number; readonly read: number; readonly share: number }[];
  /** The power of n by which it changes: the slope of a line through the logarithms. */
  readonly slope: number;
  /** The largest difference between two weights of a text's last position. */
  readonly uneven: number;
};

/**
 * What is left of the tokens in what the first layer's heads read of them, at lengths 1, 2, 4, ...
 * up to that of the texts. Only in a model without positions do values depend on tokens alone.
 *
 * @param texts Of one length, of tokens drawn independently, each of the vocabulary as likely as
 * any.
 * @throws {RangeError} If the model has positions in its stream.
 */
export async function averagedValues(given: Model, texts: Tokens): Promise<AveragedValues> {
  const { positions, d_vocab } = given.config;
  if (positions === "learned" || positions === "sinusoidal") {
    throw new RangeError(
      `Cannot tell tokens from positions: a stream without positions is required, got ${positions}`,
    );
  }
  const model = ownKeys(given); // values for each head, as reads are
  const vocabulary = Array.from({ length: d_vocab }, (_, token) => [token]);
  const [values] = await read(model, vocabulary, "hook_v"); // [d_vocab, 1, n_heads, d_head]
  const each = values.unstack().map(({ data }) => [...data]);
  const middle = meanOverRows(each);
  const one = deviation(each, middle);
  // [batch, pos, n_heads, d_head] and [batch, n_heads, query, key]
  const [z, pattern] = await read(model, texts, "hook_z", "hook_pattern");
  const lengths = texts[0].map((_, i) => i + 1).filter((n) => Number.isInteger(Math.log2(n)));
  const heads = pattern.unstack().flatMap((row) => row.unstack()); // [query, key]
  const reads = lengths.map((n) => {
    const ofN = texts.map((_, row) => [...z.get(row, n - 1).data]);
    const share = max(heads.map((head) => max(head.get(n - 1).data)));
    return { n, read: deviation(ofN, middle) / one, share };
  });
  const uneven = max(heads.map((head) => range(head.unstack().at(-1)!.data)));
  return { reads, slope: slopeOf(reads), uneven };
}

async function read(model: Model, texts: Tokens, ...what: string[]): Promise<Tensor[]> {
  const hooks = what.map((each) => `blocks.0.attn.${each}`);
  const kept = await run(model, texts, { hooks });
  return hooks.map((hook) => kept.get(hook));
}

/** How far some vectors are from one: root mean square. */
function deviation(vectors: readonly number[][], middle: readonly number[]): number {
  return Math.sqrt(mean(vectors.flatMap((x) => x.map((value, i) => (value - middle[i]) ** 2))));
}

/** The slope of the line that comes closest to log read over log n. */
function slopeOf(reads: AveragedValues["reads"]): number {
  const [xs, ys] = [reads.map(({ n }) => Math.log(n)), reads.map(({ read }) => Math.log(read))];
  const [x, y] = [mean(xs), mean(ys)];
  return sum(xs.map((each, i) => (each - x) * (ys[i] - y))) /
    sum(xs.map((each) => (each - x) ** 2));
}
