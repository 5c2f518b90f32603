import type { ClaimRecord, RunRecord, Verdict } from "./record.ts";

const FROM_BEST_TO_WORST: readonly Verdict[] = [
  "not applicable",
  "refuted",
  "holds",
  "fails",
  "not trusted",
  "broken",
];

/** The worst of some verdicts; "not applicable" where there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  const rank = Math.max(0, ...verdicts.map((verdict) => FROM_BEST_TO_WORST.indexOf(verdict)));
  return FROM_BEST_TO_WORST[rank];
}

/** Whether a verdict leaves an answer standing: nothing came out other than it must. */
export function stands(verdict: Verdict): boolean {
  return verdict === "holds" || verdict === "refuted" || verdict === "not applicable";
}

/** A verdict as what is said of a claim: "fails", "is broken". */
export function predicate(verdict: Verdict): string {
  return verdict === "holds" || verdict === "fails" ? verdict : `is ${verdict}`;
}

/** A verdict with why, unless it stands. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: string;
}

/** Whether a run came out as a sound claim requires: subjects one way, controls the other. */
export function isAsExpected(
  direction: ClaimRecord["direction"],
  { role, verdict }: Pick<RunRecord, "role" | "verdict">,
): boolean {
  const mustHold = (role === "subject") === (direction === "claim");
  return verdict === "not applicable" || verdict === (mustHold ? "holds" : "fails");
}

/**
 * What the runs of a claim come to, and in words what is wrong with the first of the worst. The
 * runner says it once all have run, and the report again of the record that it reads.
 *
 * @param faults What else is wrong with the claim; any of these breaks it.
 */
export function judge(
  claim: Pick<ClaimRecord, "direction" | "controls" | "runs">,
  faults: readonly string[] = [],
): Judgement {
  const { direction, controls, runs } = claim;
  const subjects = runs.filter((run) => run.role === "subject");
  const must = direction === "claim" ? "mustFailOn" : "mustHoldOn";
  const missing = [
    ...controls.length === 0 ? [`it has no control: ${must} must name at least one`] : [],
    ...subjects.length === 0 ? ["it is about nothing: on must name at least one model"] : [],
  ];
  return judgeRuns(claim, [...missing, ...faults]);
}

/** The same of a claim that may lack controls, such as one whose models were broken by hand. */
export function judgeRuns(
  claim: Pick<ClaimRecord, "direction" | "controls" | "runs">,
  faults: readonly string[] = [],
): Judgement {
  const judged = outcomeOf(claim);
  if (faults.length === 0) return judged;
  const also = judged.verdict === "broken" ? [judged.reason] : [];
  return { verdict: "broken", reason: [...faults, ...also].join("; ") };
}

function outcomeOf(
  { direction, controls, runs }: Pick<ClaimRecord, "direction" | "controls" | "runs">,
): Judgement {
  const subjects = runs.filter((run) => run.role === "subject");
  const bad = runs.filter((run) => !isAsExpected(direction, run)).map(judgeRun);
  if (bad.length > 0) return worstOf(bad);
  if (!subjects.some(applies)) return { verdict: "not applicable", reason: reasons(subjects) };
  for (const { name } of controls) {
    const missing = neverApplied(name, runs.filter((run) => run.control === name));
    if (missing) return missing;
  }
  return { verdict: direction === "claim" ? "holds" : "refuted" };
}

/** What one run that did not come out as it must says of its claim. */
export function judgeRun(run: RunRecord): Judgement {
  const where = whereOf(run);
  if (run.verdict === "broken") return { verdict: "broken", reason: `on ${where}, ${run.reason}` };
  if (run.role === "control") {
    const [must, did] = run.verdict === "holds" ? ["fail", "held"] : ["hold", "failed"];
    const why = run.reason === undefined ? "" : `: ${run.reason}`;
    return { verdict: "not trusted", reason: `it had to ${must} on ${where}, and ${did}${why}` };
  }
  const belief = "the belief was to be refuted, and held";
  return { verdict: "fails", reason: `on ${where}, ${run.reason ?? belief}` };
}

function worstOf(judgements: readonly Judgement[]): Judgement {
  const verdict = worst(judgements.map((judgement) => judgement.verdict));
  const same = judgements.filter((judgement) => judgement.verdict === verdict);
  const more = same.length > 1 ? ` (and on ${same.length - 1} more)` : "";
  return { verdict, reason: same[0].reason + more };
}

function whereOf({ model, family, control }: RunRecord): string {
  const smallest = family === undefined ? "" : ` (the smallest found in the family "${family}")`;
  const broken = control === undefined ? "" : ` under the control "${control}"`;
  return `${model}${smallest}${broken}`;
}

function neverApplied(control: string, runs: readonly RunRecord[]): Judgement | undefined {
  if (runs.some(applies)) return undefined;
  const why = reasons(runs) || "it has nothing to run on";
  return { verdict: "not trusted", reason: `the control "${control}" applies to no model: ${why}` };
}

function applies({ verdict }: RunRecord): boolean {
  return verdict !== "not applicable";
}

function reasons(runs: readonly RunRecord[]): string {
  return [...new Set(runs.map((run) => `${run.model}: ${run.reason}`))].join("; ");
}
