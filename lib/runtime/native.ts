import { type Backend, use } from "./backend.ts";
import { keepMemory } from "./keep_memory.ts";

/**
 * The version that onnxruntime-web has here. It is neither written out in the import nor named in
 * deno.json or deno.lock: with any of them Deno would fetch its 290 MB for everybody. So what starts
 * it is to be run with `--no-lock`.
 */
const PACKAGE = "npm:onnxruntime-node@1.30.0";

/** How onnxruntime-node is to work. */
export interface NativeOptions {
  /** How many threads a product is spread over: one for each core unless told. */
  readonly threads?: number;
}

/**
 * Starts onnxruntime-node instead of onnxruntime-web: machine code, some four times as fast, and no
 * limit of 4 GB. It loads a library from the npm cache, which takes `--allow-ffi`.
 *
 * @throws {Error} If the permission or the package is missing, or it has no library for this system.
 */
export async function startNative(
  { threads = navigator.hardwareConcurrency }: NativeOptions = {},
): Promise<void> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(
      `Cannot start onnxruntime-node: 1 thread or more required, got ${threads}`,
    );
  }
  const { InferenceSession, Tensor } = await load();
  keepMemory();
  use({ name: "native", InferenceSession, Tensor, options });

  function options(optimize: boolean): ReturnType<Backend["options"]> {
    return {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: optimize ? "all" : "disabled",
      // An arena would keep the buffers of the largest run for as long as the session waits; what
      // is given back is kept for all sessions.
      enableCpuMemArena: false,
      logSeverityLevel: 4, // what goes wrong is thrown, and need not be printed too
      // Each session has threads of its own. After a run they would spin for a while, and take the
      // cores from the next part's.
      extra: { session: { force_spinning_stop: "1" } },
    };
  }
}

async function load(): Promise<Pick<Backend, "InferenceSession" | "Tensor">> {
  try {
    return await import(PACKAGE);
  } catch (cause) {
    throw new Error(
      `Cannot start onnxruntime-node: --allow-ffi and the package ${PACKAGE} required, got ` +
        (cause instanceof Error ? cause.message : cause),
      { cause },
    );
  }
}
