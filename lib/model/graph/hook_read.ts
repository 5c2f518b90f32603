import type { Config } from "../config.ts";

/** The hook of what the heads of a block read: what LayerNorm gives, or the stream itself. */
export function hookRead(normalization: Config["normalization"], block: string): string {
  return `${block}.${normalization === "none" ? "hook_resid_pre" : "ln1.hook_normalized"}`;
}
