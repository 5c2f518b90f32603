import { makeConfig } from "../../model/config.ts";
import { makeModel, type Model } from "../../model/model.ts";
import { parameterShapes } from "../../model/params.ts";
import { Tensor } from "../../tensor/tensor.ts";

const made = new Map<number, Model>();

/**
 * A model that can be worked out by hand. Three tokens, each a direction of its own in the stream and in the
 * logits; one head in each layer that averages all it may see and writes it down as it is; b_O is
 * [1, 2, 3] in the first layer and [0, 0, 5] in the others, and b_U [7, 0, 0].
 */
export function averages(n_layers: number): Model {
  const model = made.get(n_layers) ?? make(n_layers);
  made.set(n_layers, model);
  return model;
}

function make(n_layers: number): Model {
  const config = makeConfig({
    n_layers,
    d_model: 3,
    n_heads: 1,
    d_vocab: 3,
    n_ctx: 4,
    positions: "none",
    normalization: "none",
    attn_only: true,
  });
  const biases: Record<string, number[]> = {
    "blocks.0.attn.b_O": [1, 2, 3],
    "blocks.1.attn.b_O": [0, 0, 5],
    "unembed.b_U": [7, 0, 0],
  };
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    if (biases[name]) return [name, Tensor.from(biases[name])];
    const identity = /W_[EUVO]$/.test(name);
    return [name, Tensor.full(shape).map((_, i) => identity && i % 4 === 0 ? 1 : 0)];
  });
  return makeModel(`${n_layers} layers of averages`, config, Object.fromEntries(weights));
}

/** What a head of {@linkcode averages} makes of the tokens 0, 1, 2: its pattern, since each is a unit. */
export const AVERAGE: readonly (readonly number[])[] = [[1, 0, 0], [1 / 2, 1 / 2, 0], [
  1 / 3,
  1 / 3,
  1 / 3,
]];
