import type { Model } from "../../model/model.ts";
import { run } from "../../runtime/run.ts";
import type { Tokens } from "../../runtime/tokens.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mean } from "../../tensor/statistics.ts";

/** What heads read from texts of several lengths, as evidence. */
export type AverageRead = {
  /**
   * How far a read of the first n tokens is from the value of the mean token, relative to how far
   * the value of one token is: root mean squares over texts, heads and coordinates.
   */
  readonly reads: readonly { readonly n: number; readonly read: number }[];
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
export async function averageRead(model: Model, texts: Tokens): Promise<AverageRead> {
  const { positions, d_vocab } = model.config;
  if (positions === "learned" || positions === "sinusoidal") {
    throw new RangeError(
      `Cannot tell tokens from positions: a stream without positions is required, got ${positions}`,
    );
  }
  const vocabulary = Array.from({ length: d_vocab }, (_, token) => token);
  const values = await read(model, vocabulary.map((token) => [token]), "hook_v"); // [d_vocab, 1, ...]
  const each = vocabulary.map((token) => values.get(token, 0));
  const middle = Array.from(each[0].data, (_, i) => mean(each.map(({ data }) => data[i])));
  const z = await read(model, texts, "hook_z"); // [batch, pos, n_heads, d_head]
  const lengths = [...Array(texts[0].length).keys()].map((i) => i + 1)
    .filter((n) => Number.isInteger(Math.log2(n)));
  const reads = lengths.map((n) => ({
    n,
    read: spread(texts.map((_, row) => z.get(row, n - 1)), middle) / spread(each, middle),
  }));
  const uneven = unevenness(await read(model, texts, "hook_pattern"));
  return { reads, slope: slopeOf(reads), uneven };
}

async function read(model: Model, texts: Tokens, what: string): Promise<Tensor> {
  const hook = `blocks.0.attn.${what}`;
  return (await run(model, texts, { hooks: [hook] })).get(hook);
}

/** How far some vectors are from one: root mean square. */
function spread(vectors: readonly Tensor[], middle: readonly number[]): number {
  return Math.sqrt(
    mean(vectors.flatMap(({ data }) => Array.from(data, (x, i) => (x - middle[i]) ** 2))),
  );
}

function slopeOf(reads: AverageRead["reads"]): number {
  const points = reads.map(({ n, read }) => ({ x: Math.log(n), y: Math.log(read) }));
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const both = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return both / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

function unevenness(pattern: Tensor): number {
  const [batch, heads, queries] = pattern.shape;
  const rows = Array.from({ length: batch * heads }, (_, i) => {
    const last = pattern.get(Math.floor(i / heads), i % heads, queries - 1).data;
    return Math.max(...last) - Math.min(...last);
  });
  return Math.max(...rows);
}
