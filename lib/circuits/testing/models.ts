import memoize from "memoize";
import {
  type ConfigInput,
  makeConfig,
  makeModel,
  type Model,
  parameterShapes,
} from "../../model/mod.ts";
import { type Nested, Tensor } from "../../tensor/mod.ts";

/** A model of these weights, each by its name and in any shape; all others are zero. */
export function modelOf(sizes: ConfigInput, given: Record<string, Nested> = {}): Model {
  const config = makeConfig(sizes);
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => [
    name,
    name in given ? Tensor.from(given[name]).reshape(...shape) : Tensor.full(shape),
  ]);
  return makeModel("by hand", config, Object.fromEntries(weights));
}

/**
 * A model that can be worked out by hand: tokens, as many as the stream is wide, each a direction of
 * its own in the stream and in the logits, and one head in each layer that weighs all it may see alike
 * and writes it down as it is. Position q gets the mean of what stands at 0 ... q.
 */
export function averaging(
  width: number,
  changes: Partial<ConfigInput> = {},
  given: Record<string, Nested> = {},
): Model {
  const sizes = {
    ...{ n_layers: 1, d_model: width, n_heads: 1, d_vocab: width, n_ctx: 16, biases: false },
    ...{ positions: "none", normalization: "none", attn_only: true } as const,
    ...changes,
  };
  const identity = Array.from({ length: width }, (_, i) => Array(width).fill(0).with(i, 1));
  const copies = Object.keys(parameterShapes(makeConfig(sizes)))
    .filter((name) => /W_[EUVO]$/.test(name)).map((name) => [name, identity]);
  return modelOf(sizes, { ...Object.fromEntries(copies), ...given });
}

/** Of width 3, with b_O [1, 2, 3] in the first layer and [0, 0, 5] in the second, and b_U [7, 0, 0]. */
export const averages: (n_layers: number) => Model = memoize((n_layers) =>
  averaging(3, { n_layers, biases: true }, {
    "blocks.0.attn.b_O": [1, 2, 3],
    "blocks.1.attn.b_O": [0, 0, 5],
    "unembed.b_U": [7, 0, 0],
  })
);

/** What a head of {@linkcode averages} makes of the tokens 0, 1, 2: its pattern, since each is a unit. */
export const AVERAGE: readonly (readonly number[])[] = [
  [1, 0, 0],
  [1 / 2, 1 / 2, 0],
  [1 / 3, 1 / 3, 1 / 3],
];
