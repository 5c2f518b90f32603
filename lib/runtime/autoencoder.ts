import { type Autoencoder, autoencoderGraph } from "../model/autoencoder/autoencoder.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { GraphSession } from "./session.ts";

/** What an autoencoder made of some examples. */
export interface Reconstruction {
  /** What was left of each: [examples, d_hidden]. */
  readonly hidden: Tensor;
  /** What was made of that: [examples, n_features]. */
  readonly output: Tensor;
}

/**
 * Runs an autoencoder.
 *
 * @param x Examples: [examples, n_features].
 */
export async function runAutoencoder(
  { config, weights }: Autoencoder,
  x: Tensor,
): Promise<Reconstruction> {
  const session = await GraphSession.open(autoencoderGraph(config), ["hidden", "output"], false);
  try {
    const { hidden, output } = await session.run({ x, ...weights });
    return { hidden, output };
  } finally {
    await session.release();
  }
}
