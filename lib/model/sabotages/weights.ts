import { Random } from "../../tensor/random.ts";
import { stack } from "../../tensor/rows.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { initialWeights } from "../init.ts";
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
