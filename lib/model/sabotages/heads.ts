import { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import type { Head } from "../heads.ts";
import { allOf, atLeast, like, needs } from "../needs.ts";
import { pickHeads } from "./pick_heads.ts";
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

/** What the heads have read, in another order than that of W_O's rows. */
export const headsInReverse: Sabotage = sabotage({
  name: "heads joined in reverse",
  description: "What the first head has read goes through the last head's W_O, and so on.",
  unfit: severalHeads,
  rewrite: rewriteAt("attn.hook_z", (z, { g, config: { n_heads } }) => {
    return pickHeads(g, z, Array.from({ length: n_heads }, (_, i) => n_heads - 1 - i));
  }),
});

/** The queries of the first two heads in each other's place, as a file's rows may be. */
export const swappedQueries: Sabotage = sabotage({
  name: "queries of two heads swapped",
  description: "The first head asks with the second's queries, and the second with the first's.",
  unfit: severalHeads,
  rewrite: rewriteAt("attn.hook_q", (q, { g, config: { n_heads } }) => {
    return pickHeads(g, q, [1, 0, ...Array.from({ length: n_heads - 2 }, (_, i) => i + 2)]);
  }),
});

/** Heads joined without the transpose: the numbers are as many, and stand in other places. */
export const joinedUntransposed: Sabotage = sabotage({
  name: "heads joined without a transpose",
  description:
    "What the heads have read, [head, pos], is laid out again as if it were [pos, head].",
  unfit: severalHeads,
  rewrite: rewriteAt("attn.hook_z", (z, { g }) => {
    const shape = g.op("Shape", [z], [4], {}, "int64");
    return g.op("Reshape", [g.transpose(z, 0, 2, 1, 3), shape], z.shape); // [batch, pos, n_heads, d_head]
  }),
});

/** A loop over heads that ends one too early. */
export const lastHeadLeftOut: Sabotage = sabotage({
  name: "the last head left out",
  description: "What the last head of every layer has read is replaced by zeros.",
  unfit: needs.attention,
  rewrite: rewriteAt("attn.hook_z", (z, { g, config: { n_heads } }) => {
    const kept = Tensor.full([n_heads, 1], 1);
    kept.data[n_heads - 1] = 0;
    return g.mul(z, g.constant(kept));
  }),
});

/** b_O added by every head, and not once for all. */
export const biasOfEveryHead: Sabotage = sabotage({
  name: "an output bias for every head",
  description: "The bias b_O is added once for each head.",
  unfit: (config) => severalHeads(config) ?? like({ biases: [true] })(config),
  rewrite: rewriteAt("hook_attn_out", (out, { g, config, param }, name) => {
    const bias = param(name.replace("hook_attn_out", "attn.b_O")); // [d_model]
    return g.add(out, g.mul(bias, config.n_heads - 1));
  }),
});

/** Values without their bias. */
export const valuesWithoutBias: Sabotage = sabotage({
  name: "values without a bias",
  description: "The bias b_V is not added.",
  unfit: allOf(needs.attention, like({ biases: [true] })),
  rewrite: rewriteAt("attn.hook_v", (v, { g, param }, name) => {
    return g.sub(v, param(name.replace("hook_v", "b_V"))); // [batch, pos, n_key_value_heads, d_head]
  }),
});

function severalHeads(config: Config): string | undefined {
  return needs.attention(config) ?? atLeast({ n_heads: 2 })(config);
}
