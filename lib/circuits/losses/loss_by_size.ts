import { type Model, parameterCount } from "../../model/mod.ts";
import { max, mean, range } from "../../tensor/mod.ts";
import { lossesOfRows } from "./loss.ts";

/** Models of one size, which differ in their seeds, and how well they predict. */
export type SizeLoss = {
  readonly width: number;
  readonly layers: number;
  readonly parameters: number;
  /** In nats per token, seed by seed. */
  readonly losses: readonly number[];
  /** Their mean. */
  readonly loss: number;
};

/** What sizes reach, as evidence. */
export type LossesBySize = {
  readonly sizes: readonly SizeLoss[];
  /** The most by which two seeds of one size differ. */
  readonly seeds: number;
  /**
   * From each size to the next: nats gained for each further dimension, and how far two seeds could
   * be off.
   */
  readonly gains: readonly { readonly each: number; readonly error: number }[];
  /** Nats that one more dimension would buy at each but the last width, by the curve to the next. */
  readonly next: readonly number[];
};

/**
 * The losses of several sizes on the same text.
 *
 * @param models [size][seed].
 * @param rows Rows of n + 1 tokens, of which the models read the first n.
 */
export async function lossesBySize(
  models: readonly (readonly Model[])[],
  rows: readonly number[][],
): Promise<LossesBySize> {
  const sizes: SizeLoss[] = [];
  for (const seeds of models) sizes.push(await sizeLoss(seeds, rows));
  return compareSizes(sizes);
}

/** What sizes that have been measured gain on each other, in the order given. */
export function compareSizes(sizes: readonly SizeLoss[]): LossesBySize {
  const seeds = max(sizes.map(({ losses }) => range(losses)));
  const gains = sizes.slice(1).map((to, i) => {
    const wider = to.width - sizes[i].width;
    return { each: (sizes[i].loss - to.loss) / wider, error: seeds / Math.abs(wider) };
  });
  // Between two widths the loss is taken to fall in a straight line over their logarithm.
  const next = sizes.slice(1).map((to, i) =>
    (sizes[i].loss - to.loss) / Math.log(to.width / sizes[i].width) / sizes[i].width
  );
  return { sizes, seeds, gains, next };
}

async function sizeLoss(seeds: readonly Model[], rows: readonly number[][]): Promise<SizeLoss> {
  const { config } = seeds[0];
  const { n_layers: layers, d_model: width } = config;
  const found: number[] = [];
  for (const model of seeds) {
    found.push(mean((await lossesOfRows(model, rows)).flat()));
  }
  const parameters = parameterCount(config).total;
  return { width, layers, parameters, losses: found, loss: mean(found) };
}
