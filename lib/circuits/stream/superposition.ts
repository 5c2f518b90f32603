import type { Autoencoder } from "../../model/mod.ts";
import { runAutoencoder } from "../../runtime/mod.ts";
import { dot, Random, type Tensor } from "../../tensor/mod.ts";
import { drawFeatures } from "../../model/autoencoder/autoencoder.ts";

/** What a toy autoencoder does with its features, as evidence. */
export type Superposition = {
  /** How many features there are. */
  readonly features: number;
  /** Through how many dimensions they must pass. */
  readonly dimensions: number;
  /** How many are kept: more than half of their variance comes back. */
  readonly kept: number;
  /** Which share of each feature's variance comes back; below 0 where the mean would do better. */
  readonly rebuilt: readonly number[];
  /** The squared length of each feature's direction. */
  readonly lengths: readonly number[];
};

/** How many examples are rebuilt. */
const EXAMPLES = 4000;

/**
 * Counts the features that a toy autoencoder keeps, on examples that it has never seen (Elhage et
 * al., 2022, arXiv:2209.10652). More of them than dimensions are in superposition.
 *
 * @param sparsity How sparse the examples are; as sparse as those it was trained on unless told.
 */
export async function superposition(
  model: Autoencoder,
  { sparsity = model.config.sparsity }: { readonly sparsity?: number } = {},
): Promise<Superposition> {
  const { n_features, d_hidden } = model.config;
  const x = drawFeatures({ ...model.config, sparsity }, EXAMPLES, new Random("superposition"));
  const { output } = await runAutoencoder(model, x);
  const rebuilt = rebuiltShares(x, output);
  return {
    features: n_features,
    dimensions: d_hidden,
    kept: rebuilt.filter((share) => share > 0.5).length,
    rebuilt,
    lengths: featureDirections(model).map((w) => dot(w, w)),
  };
}

/** Each feature's direction in the hidden space, the columns of W: [n_features][d_hidden]. */
export function featureDirections({ weights: { W } }: Autoencoder): number[][] {
  return W.transpose(1, 0).toNested() as number[][];
}

/**
 * Which share of the variance of each column comes back: one less the squared error over the
 * variance.
 *
 * @param x What was to be rebuilt, [examples, n_features].
 * @param output What came of it, of the same shape.
 */
export function rebuiltShares(x: Tensor, output: Tensor): number[] {
  const [examples, features] = x.shape;
  const sums = Array.from({ length: features }, () => ({ one: 0, square: 0, error: 0 }));
  x.data.forEach((value, i) => {
    const sum = sums[i % features];
    sum.one += value;
    sum.square += value ** 2;
    sum.error += (value - output.data[i]) ** 2;
  });
  return sums.map(({ one, square, error }) => 1 - error / (square - one ** 2 / examples));
}
