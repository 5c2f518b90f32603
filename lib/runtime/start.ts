import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { Graph } from "../onnx/graph.ts";
import { type Backend, use } from "./backend.ts";
import { GraphSession } from "./session.ts";

const WEB: Backend = {
  name: "web",
  InferenceSession,
  Tensor,
  options: (optimize) => ({
    executionProviders: ["wasm"],
    graphOptimizationLevel: optimize ? "basic" : "disabled",
    // Nothing runs side by side in one thread; "parallel" spares the plan of which buffers may
    // serve twice.
    executionMode: optimize ? "sequential" : "parallel",
    // An arena would keep the buffers of the largest run for as long as the session waits.
    enableCpuMemArena: optimize,
  }),
};

let started: Promise<void> | undefined;

/**
 * Starts onnxruntime-web from the bytes of its WebAssembly module. Call it while a module loads:
 * the runtime keeps timers from its first session, and inside a test they would count as leaks.
 *
 * @param wasm The contents of the package's `ort-wasm-simd-threaded.wasm`.
 */
export async function startRuntime(wasm: Uint8Array): Promise<void> {
  use(WEB);
  await (started ??= (async () => {
    env.wasm.wasmBinary = wasm as Uint8Array<ArrayBuffer>;
    env.wasm.numThreads = 1; // Two threads hang now and then while a session is created.
    env.logLevel = "error";
    const g = new Graph();
    g.name(g.unary("Neg", g.input("x", "float32", [1])), "y");
    await (await GraphSession.open(g, ["y"])).release();
  })());
}

/**
 * V8 has one compiled copy of a module for the whole process, for as long as somebody holds it. Each
 * test file has an isolate of its own, and when that ends the copy would be gone: the next file would
 * compile and optimise the same 14 MB anew. A message that waits in an open channel is held, so the
 * files share what was compiled.
 */
export function keepCompiled(wasm: BufferSource): void {
  new MessageChannel().port1.postMessage(new WebAssembly.Module(wasm));
}
