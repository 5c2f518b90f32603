import type { Subject } from "../../claims/mod.ts";
import { questionAt } from "../../claims/register.ts";
import type { Model } from "../../model/mod.ts";
import type { AskedClaim } from "./job.ts";

/** How it is asked. */
export interface Asking {
  /** The project's folder. */
  readonly root: URL;
  /** Spec files from there. */
  readonly files: readonly string[];
  /** How many seconds one run may take, where its claim does not allow more. */
  readonly limit?: number;
  /** Called with what came of each claim. */
  readonly onClaim?: (asked: AskedClaim) => void;
}

/** Asks every claim of some spec files of a reader's own model, one after the other. */
export async function askAll(
  model: Subject<Model>,
  { root, files, limit, onClaim = () => {} }: Asking,
): Promise<AskedClaim[]> {
  const all: AskedClaim[] = [];
  for (const file of files) {
    const url = new URL(file, root).href;
    await import(url);
    for (const { ofYours } of questionAt(url)?.claims ?? []) {
      const asked = { file, ...await ofYours(model, limit) };
      all.push(asked);
      onClaim(asked);
    }
  }
  return all;
}
