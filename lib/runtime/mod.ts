/** Running models on onnxruntime-web. */
export { type Rebuilt, runAutoencoder } from "./autoencoder.ts";
export type { Intervention } from "./interventions.ts";
export { Decoder } from "./decoder.ts";
export { type ReleaseOptions, releaseSessions } from "./pool.ts";
export { Activations, run, type RunOptions } from "./run.ts";
export { checkTokens, type Tokens } from "./tokens.ts";
export { type Booleans, type Feed, GraphSession, type Integers, openSessions } from "./session.ts";
export { startRuntime } from "./start.ts";
