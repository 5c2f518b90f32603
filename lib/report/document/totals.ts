import type { QuestionRecord, Verdict } from "../../claims/mod.ts";
import { VERDICTS } from "./words.ts";

/** How many there are of each verdict, and in all. */
export type Tally = Readonly<Record<Verdict | "total", number>>;

/** What `answers.json` counts. */
export interface Totals {
  /** Questions, one for each spec file. */
  readonly questions: Tally;
  /** Claims of all questions. */
  readonly claims: Tally;
  /** Runs of claims on models. */
  readonly runs: { readonly subject: number; readonly control: number };
}

/** Counts questions, their claims and the claims' runs. */
export function totalsOf(
  questions: readonly Pick<QuestionRecord, "verdict" | "claims">[],
): Totals {
  const claims = questions.flatMap((question) => question.claims);
  const roles = claims.flatMap((claim) => claim.runs.map((run) => run.role));
  const subject = roles.filter((role) => role === "subject").length;
  return {
    questions: tally(questions),
    claims: tally(claims),
    runs: { subject, control: roles.length - subject },
  };
}

function tally(items: readonly { verdict: Verdict }[]): Tally {
  const counts = VERDICTS.map(({ verdict }) => [
    verdict,
    items.filter((item) => item.verdict === verdict).length,
  ]);
  return { total: items.length, ...Object.fromEntries(counts) };
}
