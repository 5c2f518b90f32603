import type { Job } from "./verify/job.ts";

/** What starts onnxruntime-node before anything else: with it, a process has one right more. */
const NATIVE = ["--no-lock", "--allow-ffi", "--preload=lib/runtime/testing/native.ts"];

/** What `deno run` is told, in the project's folder, so that models run on a runtime. */
export function onRuntime(runtime: Job["runtime"]): readonly string[] {
  return runtime === "native" ? NATIVE : [];
}
