import type { InferenceSession, Tensor } from "onnxruntime-web/wasm";

/** A runtime that was started. Both speak the API of onnxruntime-common. */
export interface Backend {
  /** onnxruntime-web, or onnxruntime-node. */
  readonly name: "web" | "native";
  /** Opens sessions. */
  readonly InferenceSession: Pick<typeof InferenceSession, "create">;
  /** What sessions are fed with. */
  readonly Tensor: typeof Tensor;
  /** What sessions are opened with, for many runs or to be open soon. */
  options(optimize: boolean): InferenceSession.SessionOptions;
}

let started: Backend | undefined;

/** The runtime that was started last; throws an Error if none was. */
export function backend(): Backend {
  if (started) return started;
  throw new Error("Cannot open a session: call startRuntime(wasm) first");
}

/** Whether runs go to onnxruntime-node. */
export function isNative(): boolean {
  return started?.name === "native";
}

/** From now on sessions are opened there. The pool's are to be released before: they are not told apart. */
export function use(backend: Backend): void {
  started = backend;
}
