import type { Tokens } from "../../runtime/mod.ts";

/** Tokens in a batch: about what saves the runtime work, at little memory. */
const TOKENS = 480;

/**
 * Texts of one length in batches of some hundred tokens, or a text at a time where they are longer.
 * What a run of them all would give comes out of several as well, and the runtime's memory need not
 * grow for the largest batch, which takes it longer than to run it.
 */
export function inBatches(rows: Tokens): number[][][] {
  const size = Math.max(1, Math.floor(TOKENS / Math.max(1, rows[0]?.length ?? 0)));
  return Array.from(
    { length: Math.ceil(rows.length / size) },
    (_, i) => rows.slice(i * size, (i + 1) * size).map((row) => [...row]),
  );
}
