import { Tensor } from "../../tensor/tensor.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";

/**
 * Some heads without a say: what they read is replaced before it is written, by zeros, or by its
 * own mean over all rows and positions of the run, which leaves them what they always say and takes
 * what they say of this text.
 */
export function withoutHeads(
  heads: readonly { readonly layer: number; readonly head: number }[],
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
    rewrite: () =>
      rewriteAt("attn.hook_z", (z, { g, config }, name) => {
        const here = heads.filter(({ layer }) => name === `blocks.${layer}.attn.hook_z`);
        if (here.length === 0) return z;
        const gone = Tensor.full([config.n_heads, 1]);
        for (const { head } of here) gone.data[head] = 1;
        const chosen = g.cast(g.constant(gone), "bool"); // [n_heads, 1]
        return g.where(chosen, to === "zero" ? 0 : g.mean(z, [0, 1], true), z);
      }),
  });
}

/**
 * A transformer whose MLPs are there but write zeros.
 *
 * @param left The layer whose MLP is left in; none unless told.
 */
export function silentMlps(left?: number): Sabotage {
  const but = left === undefined ? "" : ` but that of layer ${left}`;
  return sabotage({
    name: `MLPs that write zeros${but}`,
    description: `The output of every MLP${but} is replaced by zero.`,
    unfit: (config) => needs.mlp(config),
    rewrite: () =>
      rewriteAt(
        "hook_mlp_out",
        (out, { g }, name) =>
          name === `blocks.${left}.hook_mlp_out` ? out : g.expandLike(g.constant(0), out),
      ),
  });
}

/** The same embedding, attention and unembedding as a transformer that never had MLPs. */
export const withoutMlps: Sabotage = sabotage({
  name: "its MLPs taken out",
  description: "Every MLP and the LayerNorm before it are taken out of the model, weights and all.",
  unfit: needs.mlp,
  change: ({ config, weights }) => ({
    config: { ...config, attn_only: true },
    weights: Object.fromEntries(
      Object.entries(weights).filter(([name]) => !/^blocks\.\d+\.(mlp|ln2)\./.test(name)),
    ),
  }),
});

/** A nonlinear layer behind the first block that no parameter and no hook tells of. */
export const hiddenMlp: Sabotage = sabotage({
  name: "an MLP hidden in the graph",
  description: "A fixed hidden layer with ReLU is added to the stream behind the first block.",
  unfit: needs.attention,
  rewrite: () => (name, value, { g }) =>
    name === "blocks.0.hook_resid_post" ? g.add(value, g.unary("Relu", value)) : value,
});

/** The same by a product of the stream with itself, which has no operation of its own. */
export const hiddenProduct: Sabotage = sabotage({
  name: "a bilinear MLP hidden in the graph",
  description:
    "The stream behind the first block gets its own squares added, as a gated MLP would.",
  unfit: needs.attention,
  rewrite: () => (name, value, { g }) =>
    name === "blocks.0.hook_resid_post" ? g.add(value, g.mul(value, value)) : value,
});
