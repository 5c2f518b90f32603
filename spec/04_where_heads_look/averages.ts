/** What a head reads that looks at everything alike: of random tokens, and of prose. */
import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import { columnMeans, mean, Random, sum, takeRows, type Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { ownKeys } from "../../lib/model/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** How many tokens are averaged, and how many stretches of prose as long as that. */
const [LENGTH, WINDOWS] = [64, 300];

/** What is left of a read in texts of independent tokens, each as likely as any other. */
export async function fading(model: Model, change = (row: number[]) => row) {
  const random = new Random("independent tokens");
  const rows = Array.from({ length: 12 }, () => random.integers(LENGTH, model.config.d_vocab));
  const found = await probes.averagedValues(model, rows.map(change));
  const { read, share } = found.reads.at(-1)!;
  return { ...found, strays: read, share };
}

/**
 * How far the average of a window of prose strays from the average token of all windows, beside how
 * far one token does; and by how much that is more than the root of their number would leave of
 * independent tokens.
 */
export async function fadingInProse(model: Model, change = (rows: number[][]) => rows) {
  const { rows, offered, middle, apart } = await offeredInProse(model);
  const averages = change(rows).map((row) => columnMeans(takeRows(offered, row)));
  const together = spread(averages, middle) / apart;
  return { together, more: together * Math.sqrt(LENGTH) - 1 };
}

/** What the tokens of some prose offer, their mean, and how far from it one token is. */
const offeredInProse = memoize(async (model: Model) => {
  const rows = await texts.heldOutRows({ rows: WINDOWS, length: LENGTH });
  const offered = await valuesOf(model);
  const middle = columnMeans(takeRows(offered, rows.flat()));
  const distances = offered.unstack().map(({ data }) => squaredDistance(data, middle));
  const apart = Math.sqrt(mean(rows.flat().map((token) => distances[token])));
  return { rows, offered, middle, apart };
}, { cache: new WeakMap() });

/** As many windows, of tokens drawn from all of them. */
export function redrawn(rows: number[][]): number[][] {
  return inRows(new Random("drawn again").shuffle(rows.flat()), rows[0].length);
}

function inRows(tokens: readonly number[], length: number): number[][] {
  return Array.from(
    { length: tokens.length / length },
    (_, row) => tokens.slice(row * length, (row + 1) * length),
  );
}

/**
 * What each token of the vocabulary offers the first layer's heads, where no position matters:
 * [d_vocab, n_heads * d_head].
 */
async function valuesOf(model: Model): Promise<Tensor> {
  const vocabulary = Array.from({ length: model.config.d_vocab }, (_, token) => [token]);
  const hook = "blocks.0.attn.hook_v";
  const values = (await run(ownKeys(model), vocabulary, { hooks: [hook] })).get(hook);
  return values.reshape(vocabulary.length, values.size / vocabulary.length);
}

/** How far some vectors are from one: root mean square. */
function spread(vectors: readonly Float64Array[], middle: Float64Array): number {
  return Math.sqrt(mean(vectors.map((x) => squaredDistance(x, middle))));
}

function squaredDistance(x: ArrayLike<number>, y: Float64Array): number {
  return sum(y.map((value, i) => (x[i] - value) ** 2));
}
