import { Tensor } from "../../tensor/tensor.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import type { Head } from "../heads.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/**
 * Some heads without a say: what they read is replaced before it is written, by zeros, or by its
 * own mean over all rows and positions of the run, which leaves them what they always say and takes
 * what they say of this text.
 */
export function withoutHeads(
  heads: readonly Head[],
  to: "zero" | "mean" = "mean",
): Sabotage {
  const names = heads.map(({ layer, head }) => `${layer}.${head}`).join(", ");
  const replaced = to === "zero" ? "zeros" : "its mean over the run";
  return sabotage({
    name: `heads ${names} ablated to ${to === "zero" ? "zero" : "their mean"}`,
    description: `What each of the heads ${names} has read is replaced by ${replaced}.`,
    unfit: ({ n_layers, n_heads }) => {
      const missing = heads.find(({ layer, head }) => layer >= n_layers || head >= n_heads);
      return missing && `it has no head ${missing.layer}.${missing.head}`;
    },
    rewrite: rewriteAt("attn.hook_z", (z, { g, config }, name) => {
      const here = heads.filter(({ layer }) => name === `blocks.${layer}.attn.hook_z`);
      if (here.length === 0) return z;
      const gone = Tensor.full([config.n_heads, 1]);
      for (const { head } of here) gone.data[head] = 1;
      const chosen = g.cast(g.constant(gone), "bool"); // [n_heads, 1]
      return g.where(chosen, to === "zero" ? 0 : g.mean(z, [0, 1], true), z);
    }),
  });
}

/** Values that go through a nonlinearity before they are averaged. */
export const reluValues: Sabotage = sabotage({
  name: "values that go through a ReLU",
  description: "What is negative in a value becomes zero.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_v", (v, { g }) => g.unary("Relu", v)),
});
