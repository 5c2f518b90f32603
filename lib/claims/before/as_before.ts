import type { PlannedClaim } from "../plan.ts";
import { repeated } from "../names.ts";
import { TRIED, triedAs } from "../prose/suggestion_check.ts";
import type { ClaimRecord, QuestionRecord } from "../record.ts";
import { stands } from "../verdict.ts";

/** What a claim came to in a run before; plain data. */
export interface Kept {
  readonly record: ClaimRecord;
  /** What became of it where the answer suggests what to break, by how that is broken. */
  readonly tried: NonNullable<PlannedClaim["tried"]>;
}

let kept: readonly Kept[] = [];

/**
 * Has claims that are made from now on keep what they came to before, instead of being asked. Only
 * for whoever knows that nothing has changed that they hang on: no report that is made in one go.
 */
export function keep(before: readonly Kept[]): void {
  kept = before;
}

/** A claim as it came out before, where that was kept; the claim itself otherwise. */
export function asBefore<C extends PlannedClaim>(claim: C): C {
  const same = ({ record }: Kept) =>
    record.id === claim.id && record.statement === claim.statement && record.kind === claim.kind;
  const found = kept.find(same);
  if (!found) return claim;
  // Where it stands, and what is quoted of it, may be otherwise now.
  const { line: _, quoted: __, ...record } = found.record;
  const steps = [{ name: "as before", run: () => Promise.resolve(record.runs) }];
  return { ...claim, steps, record: () => Promise.resolve(record), tried: found.tried };
}

/** What may be kept of a question: of those of its claims that stand. */
export function keptOf({ claims, suggestions = [], problems }: QuestionRecord): Kept[] {
  const borneOut = !problems.some((problem) => problem.startsWith(TRIED));
  const became = (id: string) =>
    suggestions.filter(({ notice, stand }) => [...notice, ...stand].includes(id))
      .map(({ sabotages, notice }) =>
        [triedAs(sabotages), notice.includes(id) ? "notices" : "stands"] as const
      );
  const twice = repeated(claims.map(({ id }) => id));
  const standing = claims.filter(({ id, verdict }) => stands(verdict) && !twice.includes(id));
  return standing.map((record) => ({
    record,
    tried: borneOut ? Object.fromEntries(became(record.id)) : {},
  }));
}
