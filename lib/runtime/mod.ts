/**
 * Running models on onnxruntime-web: {@linkcode run} gives the activations at the hooks asked for,
 * with interventions on the way or without, and {@linkcode Decoder} goes on token by token.
 *
 * @example
 * ```ts
 * import "./testing/start.ts"; // elsewhere: startRuntime(wasm), while the module loads
 * import { assertEquals } from "@std/assert";
 * import { makeConfig, makeModel, randomWeights } from "../model/mod.ts";
 * import { releaseSessions, run } from "./mod.ts";
 *
 * const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });
 * const model = makeModel("small", config, randomWeights(config, 1));
 * const hook = "blocks.0.attn.hook_z";
 * const interventions = [{ hook, to: "zero", heads: [1] }] as const;
 * const activations = await run(model, [[1, 2, 3]], { hooks: [hook], interventions });
 * assertEquals(activations.get(hook).shape, [1, 3, 2, 4]); // [batch, pos, n_heads, d_head]
 * assertEquals(activations.logits.shape, [1, 3, 11]); // [batch, pos, d_vocab]
 * await releaseSessions();
 * ```
 *
 * @module
 */
export { type Reconstruction, runAutoencoder } from "./autoencoder.ts";
export { Decoder } from "./decoder.ts";
export type { Intervention } from "./interventions.ts";
export { LARGE } from "./parts.ts";
export { releaseSessions } from "./pool.ts";
export { type NativeOptions, startNative } from "./native.ts";
export { Activations, run, type RunOptions } from "./run.ts";
export { type Booleans, type Feed, GraphSession, type Integers, openSessions } from "./session.ts";
export { startRuntime } from "./start.ts";
export { sweep, type SweepOptions } from "./sweep.ts";
export type { Tokens } from "../model/tokens.ts";
