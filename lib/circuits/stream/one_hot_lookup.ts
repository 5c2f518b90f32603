import { Graph } from "../../onnx/mod.ts";
import { buildParts, type Model } from "../../model/mod.ts";
import { GraphSession } from "../../runtime/mod.ts";
import { maxDifference, Tensor } from "../../tensor/mod.ts";
import { inBatches } from "../texts/in_batches.ts";

/** How the embedding of every token compares with a product, as evidence. */
export type OneHotLookup = {
  /** The most by which the row that was looked up misses the one-hot vector times W_E. */
  readonly apart: number;
  /** How many tokens were looked up. */
  readonly tokens: number;
  /** How many there are. */
  readonly d_vocab: number;
};

/** Of so many tokens or fewer, every one is looked up: products for all take the square of them. */
export const MOST_LOOKED_UP = 2048;

/**
 * Looks up every token of the vocabulary, and multiplies W_E by its one-hot vector instead; of a
 * large vocabulary {@linkcode MOST_LOOKED_UP}, half of them the first, the others spread over it.
 */
export async function oneHotLookup(model: Model): Promise<OneHotLookup> {
  const { d_vocab } = model.config;
  const rows = inRows(lookedUp(d_vocab));
  const lookup = await GraphSession.open(buildParts(model)[0], ["hook_embed"]);
  const product = await GraphSession.open(times(model.weights["embed.W_E"]), ["product"]);
  let apart = 0;
  try {
    for (const batch of inBatches(rows)) {
      const tokens = { integers: batch.flat(), shape: [batch.length, batch[0].length] };
      const { hook_embed } = await lookup.run({ tokens });
      const made = await product.run({ hot: oneHot(batch, d_vocab) });
      apart = Math.max(apart, maxDifference(hook_embed, made.product));
    }
  } finally {
    await Promise.all([lookup.release(), product.release()]);
  }
  return { apart, tokens: new Set(rows.flat()).size, d_vocab };
}

/** Which tokens are looked up. */
function lookedUp(d_vocab: number): number[] {
  if (d_vocab <= MOST_LOOKED_UP) return Array.from({ length: d_vocab }, (_, token) => token);
  const first = MOST_LOOKED_UP / 2;
  const apart = (d_vocab - first) / (MOST_LOOKED_UP - first); // above 1, so that all differ
  return Array.from(
    { length: MOST_LOOKED_UP },
    (_, i) => i < first ? i : first + Math.floor((i - first) * apart),
  );
}

/** Tokens in rows short enough for every window, the last filled up from the beginning. */
function inRows(tokens: readonly number[]): number[][] {
  return Array.from(
    { length: Math.ceil(tokens.length / 5) },
    (_, row) => [0, 1, 2, 3, 4].map((i) => tokens[(5 * row + i) % tokens.length]),
  );
}

/** A one at each token's place: [batch, pos, d_vocab]. */
function oneHot(rows: readonly (readonly number[])[], d_vocab: number): Tensor {
  const hot = Tensor.full([rows.length, rows[0].length, d_vocab]);
  rows.flat().forEach((token, i) => hot.data[i * d_vocab + token] = 1);
  return hot;
}

/** Vectors times a table: [batch, pos, d_vocab] by [d_vocab, d_model]. */
function times(table: Tensor): Graph {
  const g = new Graph();
  const hot = g.input("hot", "float32", ["batch", "pos", table.shape[0]]);
  g.name(g.matmul(hot, g.initializer("table", table)), "product");
  return g;
}
