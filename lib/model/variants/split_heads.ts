import { takeRows, type Tensor } from "../../tensor/mod.ts";
import { makeModel, type Model } from "../model.ts";

/**
 * The same function with more heads: each head becomes several that ask and look as it does, and
 * share what it writes.
 *
 * @param shares Which share of W_O each copy gets; they sum to 1 if the function is to stay.
 * @throws {RangeError} If the model has ALiBi, whose slopes depend on the number of heads, or
 * rewrites.
 */
export function splitHeads(model: Model, shares: readonly number[]): Model {
  const { config, weights, rewrites } = model;
  if (config.positions === "alibi" || rewrites.length > 0) {
    const given = rewrites.length > 0 ? "rewrites" : "slopes that depend on their number";
    throw new RangeError(
      `Cannot split the heads of ${model.name}: plain heads are required, got ${given}`,
    );
  }
  const split = Object.entries(weights).map(([name, x]): [string, Tensor] => {
    if (/\.(W|b)_[QKV]$/.test(name)) return [name, copies(x, shares.map(() => 1))];
    return [name, name.endsWith(".W_O") ? copies(x, shares) : x];
  });
  const [n_heads, n_key_value_heads] = [config.n_heads, config.n_key_value_heads]
    .map((count) => count * shares.length);
  const wider = { ...config, n_heads, n_key_value_heads };
  return makeModel(`${model.name}, heads split`, wider, Object.fromEntries(split));
}

/** Each slice of the first axis several times over, each time by another factor. */
function copies(x: Tensor, factors: readonly number[]): Tensor {
  const [[heads], times] = [x.shape, factors.length];
  const rows = Array.from({ length: heads * times }, (_, row) => Math.floor(row / times));
  const size = x.size / heads;
  return takeRows(x, rows).map((w, i) => factors[Math.floor(i / size) % times] * w);
}
