import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "../graph/context.ts";
import { type Rewrite, rewriteAt } from "../graph/rewrite.ts";
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

/** Every position sees only what comes before it, and not itself; the first has but itself. */
export const strictMask: Sabotage = sabotage({
  name: "a mask that hides the position itself",
  description: "Position i may attend to everything before it, and only the first to itself.",
  unfit: needs.mask,
  rewrite: rewriteAt("mask", (mask, { g, queryPos, keyPos }) => {
    const before = g.sub(g.unsqueeze(queryPos, 1), g.integers(1)); // [pos, 1]
    const first = g.equal(g.unsqueeze(queryPos, 1), g.integers(0)); // [pos, 1]
    const allowed = g.op("Or", [g.lessOrEqual(keyPos, before), first], mask.shape); // [pos, kv]
    return g.op("And", [mask, allowed], mask.shape); // [pos, kv]
  }),
});

/** Rows and columns in each other's place: a position sees itself and what comes after it. */
export const transposedMask: Sabotage = sabotage({
  name: "a transposed mask",
  description: "Position i may attend to itself and to everything after it.",
  unfit: needs.mask,
  rewrite: rewriteAt(
    "mask",
    (_, { g, queryPos, keyPos }) => g.lessOrEqual(g.unsqueeze(queryPos, 1), keyPos), // [pos, kv]
  ),
});

/**
 * A mask of a large number where minus infinity should stand, and not large enough: -10 leaves what
 * is hidden 5e-5 of its weight.
 *
 * @param share Of its weight that what is hidden keeps, before weights are made to sum to 1.
 */
export function softMask(share: number): Sabotage {
  return sabotage({
    name: "a mask that only lowers scores",
    description: `What a position may not see keeps ${share} of its weight.`,
    unfit: needs.mask,
    rewrite: unmasked({
      hook_attn_scores: (scores, mask, g) => g.where(mask, scores, g.add(scores, Math.log(share))),
    }),
  });
}

/** The mask put on after the softmax: what is hidden gets no weight, and has taken its share. */
export const maskAfterSoftmax: Sabotage = sabotage({
  name: "a mask after the softmax",
  description: "Softmax is taken over all places; then the weights of those ahead become zero.",
  unfit: needs.mask,
  rewrite: unmasked({ hook_pattern: (pattern, mask, g) => g.where(mask, pattern, 0) }),
});

/** A mask that forbids nothing, and in its place changes at hooks that are told what it was. */
function unmasked(
  changes: Readonly<Record<string, (value: Value, mask: Value, g: BuildContext["g"]) => Value>>,
): Rewrite {
  return (name, value, { g, queryPos, keyPos }) => {
    const query = g.unsqueeze(queryPos, 1); // [pos, 1]
    if (name.endsWith(".attn.mask")) return g.lessOrEqual(g.sub(query, query), keyPos); // [pos, kv]
    const change = name.includes(".attn.") ? changes[name.split(".").at(-1)!] : undefined;
    return change ? change(value, g.lessOrEqual(keyPos, query), g) : value;
  };
}
