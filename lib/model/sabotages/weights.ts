import { initialWeights } from "../init.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** The same model before it was trained: GPT-2's initial weights. */
export function untrained(seed: number = 1): Sabotage {
  return sabotage({
    name: "untrained weights",
    description: `The weights are drawn afresh as before training, with seed ${seed}.`,
    change: ({ config }) => ({ weights: initialWeights(config, seed) }),
  });
}
