/**
 * Starts the runtime with the bytes of its own package: no file is read, so no permission is needed.
 * Import it for its effect, before anything runs. It stands apart from the library, which is
 * published and bundled: neither allows an import of bytes, nor a bundle an `await` out here.
 */
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm" with { type: "bytes" };
import { isNative } from "../backend.ts";
import { keepCompiled, startRuntime } from "../start.ts";

if (!isNative()) { // else somebody asked for it: see native.ts
  keepCompiled(wasm);
  await startRuntime(wasm);
}
