import { Graph } from "../../onnx/mod.ts";
import type { Model } from "../../model/mod.ts";
import { GraphSession, run } from "../../runtime/mod.ts";
import { maxDifference, Tensor } from "../../tensor/mod.ts";

/** How the embedding of every token compares with a product, as evidence. */
export type OneHotLookup = {
  /** The most by which the row that was looked up misses the one-hot vector times W_E. */
  readonly apart: number;
  /** How many tokens were looked up. */
  readonly tokens: number;
  /** How many there are. */
  readonly d_vocab: number;
};

/** Looks up every token of the vocabulary, and multiplies W_E by its one-hot vector instead. */
export async function oneHotLookup(model: Model): Promise<OneHotLookup> {
  const rows = everyToken(model);
  const embedded = (await run(model, rows, { hooks: ["hook_embed"] })).get("hook_embed");
  const product = await oneHotTimes(model.weights["embed.W_E"], rows);
  const tokens = new Set(rows.flat()).size;
  return { apart: maxDifference(embedded, product), tokens, d_vocab: model.config.d_vocab };
}

/** Every token of the vocabulary, in rows short enough for every window. */
function everyToken({ config: { d_vocab } }: Model): number[][] {
  const rows = Math.ceil(d_vocab / 5);
  return Array.from(
    { length: rows },
    (_, row) => [0, 1, 2, 3, 4].map((i) => (5 * row + i) % d_vocab),
  );
}

/** A one at each token's place, times a table: [batch, pos, d_vocab] by [d_vocab, d_model]. */
async function oneHotTimes(table: Tensor, rows: number[][]): Promise<Tensor> {
  const shape = [rows.length, rows[0].length, table.shape[0]];
  const hot = Tensor.full(shape);
  rows.flat().forEach((token, i) => hot.data[i * table.shape[0] + token] = 1);
  const g = new Graph();
  g.name(g.matmul(g.input("hot", "float32", shape), g.initializer("table", table)), "product");
  const session = await GraphSession.open(g, ["product"]);
  try {
    return (await session.run({ hot })).product;
  } finally {
    await session.release();
  }
}
