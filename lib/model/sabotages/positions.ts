import type { Model } from "../model.ts";
import type { Weights } from "../params.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** A model that is no longer told where a token stands; the mask stays. */
export const noPositions: Sabotage = sabotage({
  name: "no positions",
  description: "Whatever tells the model where a token stands is left out; the mask stays.",
  unfit: ({ positions }) => positions === "none" ? "it has no positions" : undefined,
  change: ({ config, weights }) => ({
    config: { ...config, positions: "none" },
    weights: withoutTable(weights),
  }),
});

function withoutTable(weights: Model["weights"]): Weights {
  return Object.fromEntries(
    Object.entries(weights).filter(([name]) => name !== "pos_embed.W_pos"),
  );
}
