import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";

/** Every position attends to every other, as in BERT. */
export const noCausalMask: Sabotage = sabotage({
  name: "no causal mask",
  description: "Every position may attend to every other one.",
  unfit: needs.mask,
  change: ({ config }) => ({ config: { ...config, causal: false } }),
});

/** A mask wrong by one: position i also sees i + 1, the very token that it is to predict. */
export const maskOffByOne: Sabotage = sabotage({
  name: "a mask that also admits the next token",
  description: "Position i may attend to everything up to position i + 1.",
  unfit: needs.mask,
  rewrite: () =>
    rewriteAt("mask", (_, { g, queries, keys }) => {
      const next = g.add(g.unsqueeze(queries, 1), g.integers(1)); // [pos, 1]
      return g.lessOrEqual(keys, next); // [pos, kv]
    }),
});

/** A mask that is sound at first: from the middle of the text on, every position sees all of it. */
export const maskOpensHalfway: Sabotage = sabotage({
  name: "a mask that opens halfway",
  description: "From the middle of the text on, every position may attend to every other one.",
  unfit: needs.mask,
  rewrite: () =>
    rewriteAt("mask", (mask, { g, queries, keys }) => {
      const twice = g.add(queries, queries); // [pos]
      const open = g.unsqueeze(g.lessOrEqual(g.lengthOf(keys, 0), twice), 1); // [pos, 1]
      return g.op("Or", [mask, open], mask.shape); // [pos, kv]
    }),
});
