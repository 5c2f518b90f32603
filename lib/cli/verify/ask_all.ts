import type { Kind, Subject } from "../../claims/mod.ts";
import { questionAt } from "../../claims/register.ts";
import { isLate } from "../../claims/run.ts";
import type { Model } from "../../model/mod.ts";
import type { AskedClaim, AskedFor } from "./job.ts";

/** How it is asked. */
export interface Asking {
  /** The project's folder. */
  readonly root: URL;
  /** Spec files from there. */
  readonly files: readonly string[];
  /** Of which kind the claims are that are asked; of any unless told. */
  readonly kind?: Kind;
  /** How many seconds one run may take. */
  readonly limit?: number;
  /** How many of the claims have been asked already. */
  readonly asked?: number;
  /** Called before each run with the claim that it is for. */
  readonly onRun?: (claim: AskedFor) => void;
  /** Called with what came of each claim. */
  readonly onClaim?: (asked: AskedClaim) => void;
}

/**
 * Asks every claim of some spec files of a reader's own model, one after the other, up to the end or
 * to one that took longer than it may: that may be going on still, beside whatever came after it.
 *
 * @returns Whether all were asked.
 */
export async function askAll(
  model: Subject<Model>,
  { root, files, kind: wanted, limit, asked = 0, onRun = () => {}, onClaim = () => {} }: Asking,
): Promise<boolean> {
  let before = asked;
  for (const file of files) {
    const url = new URL(file, root).href;
    await import(url);
    for (const { id, kind, ofYours } of questionAt(url)?.claims ?? []) {
      if (wanted !== undefined && kind !== wanted || before-- > 0) continue;
      const claim = { file, ...await ofYours(model, limit, () => onRun({ file, id, kind })) };
      onClaim(claim);
      if (claim.runs.some(isLate)) return false;
    }
  }
  return true;
}
