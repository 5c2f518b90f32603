import type { Value } from "../../onnx/graph.ts";
import type { Config } from "../config.ts";
import { needs } from "../needs.ts";
import type { Weights } from "../params.ts";
import { anyBasis, rebasedSide } from "../variants/rebase.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { type Rewrite, rewriteAt, type Scene } from "../graph/scene.ts";

/** Queries and keys in each other's place: the one matrix that they make, transposed. */
export const transposedQK: Sabotage = sabotage({
  name: "a transposed W_QK",
  description: "What made the queries makes the keys, and the other way round.",
  unfit: needs.attention,
  change: ({ weights }) => ({
    weights: renamed(weights, (name) =>
      name.replace(
        /\.attn\.([Wb])_([QK])$/,
        (_, kind, side) => `.attn.${kind}_${side === "Q" ? "K" : "Q"}`,
      )),
  }),
});

/** A change of basis on one side: the keys do not make up for it. */
export const rebasedQueries: Sabotage = sabotage({
  name: "queries in another basis than keys",
  description: "Every head's queries are multiplied by an invertible matrix, and its keys by none.",
  unfit: needs.attention,
  change: (model) => ({
    weights: { ...model.weights, ...rebasedSide(model, "Q", anyBasis) },
  }),
});

/** Rotary positions that do not turn: order reaches the model through its mask alone. */
export const noRotation: Sabotage = sabotage({
  name: "rotation turned off",
  description: "Queries and keys are compared as they were before they were turned.",
  unfit: (config) =>
    needs.attention(config) ??
      (config.positions === "rotary" ? undefined : "its positions are not rotary"),
  rewrite: () =>
    atQueriesAndKeys(
      "hook_rot_",
      (_, { g }, name) => g.find(name.replace("hook_rot_", "hook_"))!,
    ),
});

/**
 * One set of keys for all heads, as in multi-query attention (Shazeer, 2019, arXiv:1911.02150), the
 * extreme of grouped queries.
 */
export const sharedKeys: Sabotage = sabotage({
  name: "keys shared by all heads",
  description: "Every head compares its queries with the first head's keys.",
  unfit: (config) =>
    needs.attention(config) ?? (config.n_heads > 1 ? undefined : "it has one head a layer"),
  change: ({ config, weights }) => ({ weights: firstOfAll(config, weights) }),
});

/**
 * Queries and keys that have a direction and no length (Henry et al., 2020, arXiv:2010.04245): the
 * score is then the cosine between them, here times the square root of d_head.
 */
export const normalisedQK: Sabotage = sabotage({
  name: "normalised queries and keys",
  description: "Each query and each key is divided by its root mean square.",
  unfit: needs.attention,
  rewrite: () =>
    atQueriesAndKeys("hook_", (x, { g }) => {
      const squares = g.mean(g.mul(x, x), [3], true); // [batch, pos, n_heads, 1]
      return g.div(x, g.unary("Sqrt", squares));
    }),
});

function atQueriesAndKeys(
  hook: string,
  change: (value: Value, scene: Scene, name: string) => Value,
): Rewrite {
  const both = ["q", "k"].map((letter) => rewriteAt(`attn.${hook}${letter}`, change));
  return (name, value, scene) => both.reduce((now, rewrite) => rewrite(name, now, scene), value);
}

function renamed(weights: Weights, rename: (name: string) => string): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, x]) => [rename(name), x]));
}

/** Every head's keys replaced by the first one's. */
function firstOfAll({ n_heads }: Config, weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, x]) =>
      /\.attn\.[Wb]_K$/.test(name)
        ? [name, x.map((_, i) => x.data[i % (x.size / n_heads)])]
        : [name, x]
    ),
  );
}
