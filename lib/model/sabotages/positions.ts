import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "../graph/context.ts";
import { rotate } from "../graph/positions.ts";
import { type Rewrite, rewriteAt, withoutRotation } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { changeWeights } from "../params.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** A model that is no longer told where a token stands; the mask stays. */
export const noPositions: Sabotage = sabotage({
  name: "no positions",
  description: "Whatever tells the model where a token stands is left out; the mask stays.",
  unfit: ({ positions }) => positions === "none" ? "it has no positions" : undefined,
  change: ({ config, weights }) => ({
    config: { ...config, positions: "none", position_scaling: null },
    weights: changeWeights(weights, /^pos_embed\./, () => undefined),
  }),
});

/** Rotary positions that do not turn: order reaches the model through its mask alone. */
export const noRotation: Sabotage = sabotage({
  name: "rotation turned off",
  description: "Queries and keys are compared as they were before they were turned.",
  unfit: (config) =>
    needs.attention(config) ??
      (config.positions === "rotary" ? undefined : "its positions are not rotary"),
  rewrite: withoutRotation,
});

/**
 * Learned positions that never run out: past the end of the table its last row serves everybody.
 * Inside the window nothing is changed. That the table is added along with the tokens, at
 * `hook_embed`, takes it out of the config, whose length nothing then checks.
 */
export const clampedPositions: Sabotage = sabotage({
  name: "positions clamped to the last row",
  description: "Every position past the end of the table gets the table's last row.",
  unfit: ({ positions }) =>
    positions === "learned" ? undefined : "its positions are not stored in a table",
  change: ({ config }) => ({ config: { ...config, positions: "none" } }),
  rewrite: rewriteAt("hook_embed", (embedded, { g, config, param, queryPos }) => {
    const last = g.integers(config.n_ctx - 1);
    const row = g.where(g.lessOrEqual(queryPos, last), queryPos, last); // [pos]
    return g.add(embedded, g.gather(param("pos_embed.W_pos"), row)); // [batch, pos, d_model]
  }),
});

const restarted: Rewrite = (name, value, context) => {
  const { g, param } = context;
  if (name === "hook_pos_embed") {
    return g.expandLike(g.gather(param("pos_embed.W_pos"), fromZero(context)), value);
  }
  if (!name.includes(".attn.hook_rot_")) return value;
  const unturned = g.get(name.replace("hook_rot_", "hook_"));
  return rotate({ ...context, queryPos: fromZero(context) }, unturned); // [batch, pos, n_heads, d_head]
};

/** 0, 1, ... for as many tokens as are fed: [pos]. */
function fromZero({ g, queryPos }: BuildContext): Value {
  return g.range(g.integers(0), g.lengthOf(queryPos, 0), queryPos.shape[0]);
}

/**
 * Positions counted from the first token of what is fed. A whole text that is fed at once is as it
 * was; decoded token by token, all of its tokens stand at position 0.
 */
export const restartedPositions: Sabotage = sabotage({
  name: "positions that restart at zero",
  description: "In decoding, each step counts its positions from zero again.",
  unfit: (config) =>
    needs.attention(config) ??
      (["learned", "rotary"].includes(config.positions)
        ? undefined
        : "its positions are neither learned nor rotary"),
  rewrite: restarted,
});
