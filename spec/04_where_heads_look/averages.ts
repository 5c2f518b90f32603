/** What a head reads that looks at everything alike: of random tokens, and of prose. */
import { type Model, run } from "../../mod.ts";
import { mean, meanOverRows, Random, sum } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
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
  const rows = await texts.heldOutRows({ rows: WINDOWS, length: LENGTH });
  const offered = await valuesOf(model);
  const middle = meanOverRows(rows.flat().map((token) => offered[token]));
  const strays = (rows: number[][]) =>
    spread(rows.map((row) => meanOverRows(row.map((token) => offered[token]))), middle);
  const together = strays(change(rows)) / strays(rows.flat().map((token) => [token]));
  return { together, more: together * Math.sqrt(LENGTH) - 1 };
}

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

/** What each token of the vocabulary offers the first layer's heads, where no position matters. */
async function valuesOf(model: Model): Promise<number[][]> {
  const vocabulary = Array.from({ length: model.config.d_vocab }, (_, token) => [token]);
  const hook = "blocks.0.attn.hook_v";
  const values = (await run(model, vocabulary, { hooks: [hook] })).get(hook);
  return values.unstack().map(({ data }) => [...data]);
}

/** How far some vectors are from one: root mean square. */
function spread(vectors: readonly number[][], middle: readonly number[]): number {
  const squares = vectors.map((x) => sum(x.map((value, i) => (value - middle[i]) ** 2)));
  return Math.sqrt(mean(squares));
}
