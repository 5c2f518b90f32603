/**
 * Decoders that go wrong only where something is cached: a whole text that is fed at once is read as
 * it should be.
 */
import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "../graph/context.ts";
import { rotate } from "../graph/positions.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { needs } from "../needs.ts";
import { notRotary } from "./rotary.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** Positions that go on one place too far behind what is cached. */
export const positionsSkipOne: Sabotage = sabotage({
  name: "positions that skip one in decoding",
  description: "Behind what is cached, positions are counted from one more than there are tokens.",
  unfit: notRotary,
  rewrite: rewriteAt(["attn.hook_rot_q", "attn.hook_rot_k"], (_, context, name) => {
    const { g, queryPos } = context;
    const unturned = g.get(name.replace("hook_rot_", "hook_"));
    return rotate({ ...context, queryPos: g.add(queryPos, somethingCached(context)) }, unturned);
  }),
});

/** New keys that are compared as they were before they were turned. */
export const unturnedNewKeys: Sabotage = sabotage({
  name: "keys that are not turned in decoding",
  description: "Behind what is cached, queries are turned and keys are not.",
  unfit: notRotary,
  rewrite: rewriteAt("attn.hook_rot_k", (turned, context, name) => {
    const { g } = context;
    const cached = g.equal(somethingCached(context), g.integers(1)); // []
    return g.where(cached, g.get(name.replace("hook_rot_", "hook_")), turned);
  }),
});

/** A cache that has lost its first token. */
export const forgetfulCache: Sabotage = sabotage({
  name: "a cache without its first token",
  description: "Behind what is cached, no position sees the first token of the text.",
  unfit: needs.mask,
  rewrite: rewriteAt("mask", (mask, context) => {
    const { g, keyPos } = context;
    const kept = g.lessOrEqual(somethingCached(context), keyPos); // [kv]
    return g.op("And", [mask, kept], mask.shape); // [pos, kv]
  }),
});

/** The newest token that is not there yet when its own query looks: it sees only what is cached. */
export const cacheOneBehind: Sabotage = sabotage({
  name: "a cache that is one behind",
  description: "Behind what is cached, a position sees what came before it, and not itself.",
  unfit: needs.mask,
  rewrite: rewriteAt("mask", (mask, context) => {
    const { g, queryPos, keyPos } = context;
    const last = g.sub(g.unsqueeze(queryPos, 1), somethingCached(context)); // [pos, 1]
    return g.op("And", [mask, g.lessOrEqual(keyPos, last)], mask.shape); // [pos, kv]
  }),
});

/** 1 where keys and values of earlier tokens came in, else 0: an integer. */
function somethingCached({ g, queryPos, keyPos }: BuildContext): Value {
  const past = g.sub(g.lengthOf(keyPos, 0), g.lengthOf(queryPos, 0)); // []
  return g.cast(g.cast(past, "bool"), "int64");
}
