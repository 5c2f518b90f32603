/** What toy autoencoders keep of their features, and how they lay them out. */
import memoize from "memoize";
import * as probes from "../../lib/circuits/mod.ts";
import type { Autoencoder } from "../../lib/model/mod.ts";

const trainedOn = memoize((model: Autoencoder) => probes.superposition(model), {
  cache: new WeakMap(),
});

/** What a toy keeps of features that are as sparse as those it was trained on. */
export async function superposed(model: Autoencoder) {
  return laidOut(model, await trainedOn(model), model.config.sparsity);
}

/** What it keeps where no feature is ever zero. */
export async function shownDense(model: Autoencoder) {
  return laidOut(model, await probes.superposition(model, { sparsity: 0 }), 0);
}

/**
 * Also, where features lie in a plane, which way they point, and the degrees between neighbours.
 */
function laidOut(model: Autoencoder, found: probes.Superposition, sparsity: number) {
  const directions = found.dimensions === 2 ? probes.featureDirections(model) : [];
  const order = found.rebuilt.map((_, i) => i + 1);
  return { ...found, order, sparsity, directions, gaps: gapsBetween(directions) };
}

/** Degrees between neighbouring directions of a plane, once round. */
export function gapsBetween(directions: readonly number[][]): number[] {
  const angles = directions.map(([x, y]) => Math.atan2(y, x) * 180 / Math.PI).sort((a, b) => a - b);
  return angles.map((angle, i) => i === 0 ? angle + 360 - angles.at(-1)! : angle - angles[i - 1]);
}
