import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { type Rewrite, rewriteAt } from "../graph/scene.ts";

/** A stream that each block replaces by what it wrote, as in a network without residual paths. */
export const overwrittenStream: Sabotage = sabotage({
  name: "a stream that is overwritten",
  description: "What came into a block is taken away at its end: only what it wrote goes on.",
  unfit: needs.attention,
  rewrite: () => forget(1),
});

/** A stream that forgets a little of what it held with every block. */
export function fadingStream(strength: number): Sabotage {
  return sabotage({
    name: "a stream that fades",
    description: `With every block the stream loses ${strength} times what came into it.`,
    unfit: needs.attention,
    rewrite: () => forget(strength),
  });
}

/** A share of what came into a block is taken away at its end. */
function forget(share: number): Rewrite {
  return rewriteAt("hook_resid_post", (post, { g }, name) => {
    const pre = g.find(name.replace("hook_resid_post", "hook_resid_pre"))!;
    return g.sub(post, g.mul(pre, share)); // [batch, pos, d_model]
  });
}
