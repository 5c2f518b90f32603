import { questionAt } from "../../claims/register.ts";
import type { PlannedClaim } from "../../claims/plan.ts";
import { fileAt } from "../files_in.ts";

/** A claim of the spec with its place. */
export interface SpecClaim {
  /** The question's number and the claim's id: "10/mlp-is-local". */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly claim: PlannedClaim;
}

/** Loads spec files, and gives their claims in order. */
export async function specClaims(root: URL, files: readonly string[]): Promise<SpecClaim[]> {
  const all: SpecClaim[] = [];
  for (const file of files) {
    const { href } = fileAt(root, file);
    await import(href);
    const number = /\d+/.exec(file)![0];
    for (const claim of questionAt(href)?.claims ?? []) {
      all.push({ id: `${number}/${claim.id}`, file, line: claim.at.line, claim });
    }
  }
  return all;
}
