/**
 * Has any test run on onnxruntime-node, which is started before it:
 * `deno test --no-lock --allow-ffi --preload=lib/runtime/testing/native.ts FILES`.
 */
import { startNative } from "../native.ts";

await startNative();
