import { AssertionError } from "@std/assert";
import type { ClaimRecord } from "./record.ts";
import type { Outcome } from "./run.ts";
import { judgeRun, stands } from "./verdict.ts";

/** What a failure says of its claim. */
interface Named {
  readonly id: string;
  readonly statement: string;
}

/** What a step throws whose runs did not come out as they must, with the error that was caught. */
export function stepFailure(claim: Named, outcomes: readonly Outcome[]): Error | undefined {
  const bad = outcomes.filter(({ record }) => !record.asExpected);
  const worst = bad.find(({ record }) => record.verdict === "broken") ?? bad[0];
  if (!worst) return undefined;
  const { verdict, reason } = judgeRun(worst.record);
  return failure(claim, verdict, reason, worst.error);
}

/** What a claim's test throws unless the claim stands. */
export function claimFailure(record: ClaimRecord): Error | undefined {
  return stands(record.verdict) ? undefined : failure(record, record.verdict, record.reason);
}

function failure(
  { id, statement }: Named,
  verdict: string,
  reason: string | undefined,
  cause?: unknown,
): Error {
  const what = verdict === "fails" ? verdict : `is ${verdict}`;
  return new AssertionError(`The claim "${id}" (${statement}) ${what}: ${reason}`, { cause });
}
