import { rewriteAt } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

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
  rewrite: rewriteAt("mask", (_, { g, queryPos, keyPos }) => {
    const next = g.add(g.unsqueeze(queryPos, 1), g.integers(1)); // [pos, 1]
    return g.lessOrEqual(keyPos, next); // [pos, kv]
  }),
});

/** A mask that is sound at first: from the middle of the text on, every position sees all of it. */
export const maskOpensHalfway: Sabotage = sabotage({
  name: "a mask that opens halfway",
  description: "From the middle of the text on, every position may attend to every other one.",
  unfit: needs.mask,
  rewrite: rewriteAt("mask", (mask, { g, queryPos, keyPos }) => {
    const twice = g.add(queryPos, queryPos); // [pos]
    const open = g.unsqueeze(g.lessOrEqual(g.lengthOf(keyPos, 0), twice), 1); // [pos, 1]
    return g.op("Or", [mask, open], mask.shape); // [pos, kv]
  }),
});

/**
 * Attention that sees only what is near (Beltagy et al., 2020, arXiv:2004.05150; Jiang et al., 2023,
 * arXiv:2310.06825): the position itself and those right before it.
 *
 * @param width How many positions are seen, the asking one among them.
 * @param everyLayer Whether no layer sees more; else every second layer sees all that came before.
 */
export function slidingWindow(width: number, everyLayer: boolean = true): Sabotage {
  const where = everyLayer ? "" : " in every second layer";
  return sabotage({
    name: `a sliding window of ${width}${where}`,
    description: `A position may attend to itself and to the ${width - 1} before it${where}.`,
    unfit: needs.mask,
    rewrite: rewriteAt("mask", (mask, { g, queryPos, keyPos }, name) => {
      const narrow = everyLayer || /^blocks\.\d*[02468]\./.test(name);
      const farthest = g.sub(g.unsqueeze(queryPos, 1), g.integers(width - 1)); // [pos, 1]
      const near = g.lessOrEqual(farthest, keyPos); // [pos, kv]
      return narrow ? g.op("And", [mask, near], mask.shape) : mask; // [pos, kv]
    }),
  });
}
