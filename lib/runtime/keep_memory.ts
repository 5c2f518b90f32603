/** Parameters of mallopt(3), by their numbers in malloc.h of the GNU C library. */
const TRIM_THRESHOLD = -1;
const MMAP_MAX = -4;

/** How much memory that was given back may lie at the end of the heap, in bytes. */
const KEPT = 2 ** 30;

/**
 * Has the C library keep memory that is given back, where it is GNU's. It would hand each large
 * buffer to the system, which hands it out anew, page by page, in the next block: at GPT-2 small's
 * sizes a run of 512 tokens on onnxruntime-node then takes twice as long. An arena for each session
 * would do as well, at the price of a block's buffers for each block.
 *
 * It takes `--allow-ffi`. Elsewhere nothing happens.
 */
export function keepMemory(): void {
  if (Deno.build.os !== "linux") return;
  try {
    const mallopt = { parameters: ["i32", "i32"], result: "i32" } as const;
    const { symbols, close } = Deno.dlopen("libc.so.6", { mallopt });
    symbols.mallopt(TRIM_THRESHOLD, KEPT);
    symbols.mallopt(MMAP_MAX, 0);
    close();
  } catch {
    // Another C library: it is only slower.
  }
}
