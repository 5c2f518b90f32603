import { Random } from "../../tensor/random.ts";
import { stack } from "../../tensor/rows.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { initialWeights } from "../init.ts";
import { needs } from "../needs.ts";
import { changeWeights } from "../params.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** The same model before it was trained: GPT-2's initial weights. */
export function untrained(seed: number = 1): Sabotage {
  return sabotage({
    name: "untrained weights",
    description: `The weights are drawn afresh as before training, with seed ${seed}.`,
    change: ({ config }) => ({ weights: initialWeights(config, seed) }),
  });
}

/**
 * The numbers of a trained model's heads in another order: each matrix of each head keeps its size and
 * spread, and loses what it says. All other weights stay as they are.
 */
export function shuffledHeads(seed: number = 1): Sabotage {
  return sabotage({
    name: "shuffled heads",
    description: `The numbers within each matrix of each head change places, with seed ${seed}.`,
    change: ({ weights }) => {
      const random = new Random(seed);
      const shuffle = (x: Tensor) => stack(x.unstack().map((head) => shuffled(head, random)));
      return { weights: changeWeights(weights, OF_HEADS, shuffle) };
    },
  });
}

const OF_HEADS = /\.attn\.(W_[QKVO]|b_[QKV])$/;

/** Fisher and Yates's shuffle, in place: there are hundreds of thousands of numbers. */
function shuffled({ data, shape }: Tensor, random: Random): Tensor {
  const moved = data.slice();
  for (let i = moved.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    const kept = moved[i];
    moved[i] = moved[j];
    moved[j] = kept;
  }
  return new Tensor(moved, shape);
}

/** Weights that were stored the other way round: the numbers of each W_Q, as of its transpose. */
export const transposedQueries: Sabotage = sabotage({
  name: "a W_Q read as its transpose",
  description: "The numbers of every head's W_Q are laid out as those of its transpose.",
  unfit: needs.pair,
  change: ({ weights }) => ({
    weights: changeWeights(weights, /\.attn\.W_Q$/, (x) => {
      const [rows, columns] = x.shape.slice(1);
      return stack(
        x.unstack().map(({ data }) =>
          new Tensor(data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]), [
            rows,
            columns,
          ])
        ),
      );
    }),
  }),
});

/** Weights with the eight significant bits of bfloat16, as many files store them. */
export const halfPrecisionWeights: Sabotage = sabotage({
  name: "weights in half precision",
  description: "Every weight is rounded to bfloat16, which keeps eight significant bits.",
  change: ({ weights }) => ({ weights: changeWeights(weights, /^/, inBfloat16) }),
});

function inBfloat16({ data, shape }: Tensor): Tensor {
  const bits = new Uint32Array(data.slice().buffer);
  const rounded = bits.map((b) => (b + 0x7fff + ((b >>> 16) & 1)) & 0xffff0000); // to even
  return new Tensor(new Float32Array(rounded.buffer), shape);
}
