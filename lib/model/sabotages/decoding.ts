import { needs } from "../needs.ts";
import { rotate } from "../graph/rotary.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";
import type { Value } from "../../onnx/graph.ts";
import type { Rewrite, Scene } from "../graph/scene.ts";

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
  rewrite: ({ config }) => config.positions === "learned" ? restartedTable() : restartedTurns(),
});

function restartedTable(): Rewrite {
  return rewriteAt(
    "hook_pos_embed",
    (table, scene) =>
      scene.g.expandLike(scene.g.gather(scene.param("pos_embed.W_pos"), fromZero(scene)), table),
  );
}

function restartedTurns(): Rewrite {
  return (name, value, scene) => {
    if (!name.includes(".attn.hook_rot_")) return value;
    const unturned = scene.g.find(name.replace("hook_rot_", "hook_"))!;
    const restarted = { ...scene, queries: fromZero(scene) };
    return rotate(restarted, unturned); // [batch, pos, n_heads, d_head]
  };
}

/** 0, 1, ... for as many tokens as are fed: [pos]. */
function fromZero({ g, queries }: Scene): Value {
  return g.range(g.integers(0), g.lengthOf(queries, 0), queries.shape[0]);
}
