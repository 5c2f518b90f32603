/**
 * For tests: makes and forgets a large buffer some times, and prints how many pages the system had
 * to hand out for the last one. To be run with `--v8-flags=--expose-gc`; Linux alone says so.
 */
import { keepMemory } from "../keep_memory.ts";

const { gc } = globalThis as unknown as { gc(): void };

/** How many pages this process was handed out so far. */
function faults(): number {
  const fields = Deno.readTextFileSync("/proc/self/stat").replace(/^.*\) /, "").split(" ");
  return Number(fields[7]);
}

function useBuffer(): void {
  const bytes = new Uint8Array(64e6);
  for (let i = 0; i < bytes.length; i += 4096) bytes[i] = 1;
}

keepMemory();
let last = 0;
for (let time = 0; time < 4; time++) {
  const before = faults();
  useBuffer();
  gc();
  await new Promise((resolve) => setTimeout(resolve, 100)); // buffers are given back after a turn
  last = faults() - before;
}
console.log(last);
