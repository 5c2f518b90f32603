/**
 * The catalogue of sabotages: ways to break a transformer on purpose, each aimed at one thing that
 * the answers claim.
 */
export * from "./attention.ts";
export * from "./decoding.ts";
export * from "./heads.ts";
export * from "./keys.ts";
export * from "./leak.ts";
export * from "./logits.ts";
export * from "./mask.ts";
export * from "./mlp.ts";
export * from "./norm.ts";
export * from "./paths.ts";
export * from "./patterns.ts";
export * from "./positions.ts";
export * from "./stream.ts";
export * from "./weights.ts";
export * from "./widths.ts";
export * from "./windows.ts";
