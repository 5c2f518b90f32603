import { isWithin } from "../../claims/bound.ts";
import type { ClaimRecord } from "../../claims/mod.ts";
import { compactRange } from "../numbers.ts";
import { margins, requiredInWords } from "./margin.ts";

/**
 * What was measured on the models that were asked, against the bounds of their claim, in plain words:
 * "share copied: 0.03, must be above 0.5". Of bounds that were missed where any was, and else of all;
 * where the check failed of itself, its words come first.
 */
export function findings(claim: ClaimRecord): string[] {
  const found = margins(claim).map(({ field, bound, points }) => {
    const values = points.map(({ value }) => value);
    const missed = bound !== undefined && !values.every((value) => isWithin(bound, value));
    const must = claim.direction === "claim" ? "must be" : "the belief has it";
    const required = bound ? `, ${must} ${requiredInWords(bound)}` : "";
    return { missed, words: `${bound?.what ?? field}: ${compactRange(values)}${required}` };
  });
  const missed = found.filter(({ missed }) => missed);
  const failed = claim.runs.find(({ verdict }) => verdict === "fails");
  if (missed.length > 0 || failed?.reason === undefined) {
    return once(missed.length > 0 ? missed : found);
  }
  return [failed.reason.split("\n")[0], ...once(found)];
}

/** Several bounds may be said, and met, in the same words. */
function once(found: readonly { readonly words: string }[]): string[] {
  return [...new Set(found.map(({ words }) => words))];
}
