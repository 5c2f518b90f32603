import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";

/** A stream that multiplies: what attention writes is scaled by what it is written upon. */
export function multiplyingStream(strength: number): Sabotage {
  return sabotage({
    name: "a stream that multiplies",
    description: "Each coordinate of what attention writes is multiplied by 1 plus " +
      `${strength} times what stands there already.`,
    unfit: needs.attention,
    rewrite: () =>
      rewriteAt("hook_attn_out", (out, { g }, name) => {
        const stream = g.find(name.replace("hook_attn_out", "hook_resid_pre"))!;
        return g.mul(out, g.add(1, g.mul(stream, strength))); // [batch, pos, d_model]
      }),
  });
}
