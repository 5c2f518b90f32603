import { Random, Tensor } from "../../tensor/mod.ts";
import type { Model } from "../model.ts";

/** Which axis of a parameter lies along the stream, by the end of its name. */
const ALONG_STREAM: Readonly<Record<string, number>> = {
  W_E: 1, // [d_vocab, d_model]
  W_pos: 1, // [n_ctx, d_model]
  W_Q: 1, // [heads, d_model, d_head]
  W_K: 1,
  W_V: 1,
  W_O: 2, // [n_heads, d_head, d_model]
  b_O: 0, // [d_model]
  W_gate: 0, // [d_model, d_mlp]
  W_in: 0,
  W_out: 1, // [d_mlp, d_model]
  b_out: 0, // [d_model]
  W_U: 0, // [d_model, d_vocab]
};

/**
 * The same model with its stream in other coordinates: all that writes to the stream and all that reads
 * from it is reflected in one random plane, so that every coordinate becomes a mixture of all, and the
 * logits stay what they were.
 *
 * @param writers Whether those that write come along; without them readers no longer understand.
 * @throws {RangeError} If the model singles out coordinates: by a norm, or by sinusoidal positions.
 */
export function reflectedStream(model: Model, { writers = true } = {}): Model {
  const { config: { d_model, normalization, positions }, name, weights } = model;
  if (normalization !== "none" || positions === "sinusoidal") {
    const given = `${normalization} and ${positions} positions`;
    throw new RangeError(
      `Cannot reflect the stream of ${name}: no normalization and no sinusoidal positions required, ` +
        `got ${given}`,
    );
  }
  const random = new Random("reflected stream");
  const v = Array.from({ length: d_model }, () => random.normal());
  const changed = Object.entries(weights).map(([parameter, x]) => {
    const axis = ALONG_STREAM[parameter.split(".").at(-1)!];
    const kept = axis === undefined || (!writers && /\.(W_O|b_O|W_out|b_out)$/.test(parameter));
    return [parameter, kept ? x : reflected(x, axis, v)];
  });
  return { ...model, name: `${name}, reflected`, weights: Object.fromEntries(changed) };
}

/** Householder's reflection of all vectors along an axis: x - 2 v (v . x) / (v . v). */
function reflected({ data, shape }: Tensor, axis: number, v: readonly number[]): Tensor {
  const stride = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const squared = v.reduce((sum, value) => sum + value ** 2, 0);
  const out = data.slice();
  for (let start = 0; start < data.length; start++) {
    if (Math.floor(start / stride) % v.length !== 0) continue;
    const along = v.reduce((sum, value, i) => sum + value * data[start + i * stride], 0);
    v.forEach((value, i) => out[start + i * stride] -= 2 * value * along / squared);
  }
  return new Tensor(out, shape);
}
