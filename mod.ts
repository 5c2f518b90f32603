/**
 * An executable spec of decoder-only transformers: hooked models on onnxruntime-web, probes for
 * what goes on inside them, sabotages that break them on purpose, and claims that are checked from
 * both sides.
 *
 * @module
 */
export * from "./lib/tensor/mod.ts";
export * from "./lib/model/mod.ts";
export * from "./lib/runtime/mod.ts";
export * from "./lib/circuits/mod.ts";
export * from "./lib/claims/mod.ts";
