import { AssertionError } from "@std/assert";
import type { Location } from "./location.ts";
import type { ClaimRecord } from "./record.ts";
import type { Outcome } from "./run.ts";
import { specFile } from "./spec_file.ts";
import { type Judgement, judgeRun, stands } from "./verdict.ts";

/** What a failure says of its claim; Deno itself files steps under whoever registers them. */
export interface Named {
  readonly id: string;
  readonly statement: string;
  readonly at: Location;
}

/** What a step throws whose runs did not come out as they must, with the error that was caught. */
export function stepFailure(claim: Named, outcomes: readonly Outcome[]): Error | undefined {
  const bad = outcomes.filter(({ record }) => !record.asExpected);
  const worst = bad.find(({ record }) => record.verdict === "broken") ?? bad[0];
  return worst && failure(claim, judgeRun(worst.record), worst.error);
}

/** What a claim's test throws unless the claim stands. */
export function claimFailure(claim: Named, record: ClaimRecord): Error | undefined {
  return stands(record.verdict) ? undefined : failure(claim, record);
}

function failure(
  { id, statement, at }: Named,
  { verdict, reason }: Judgement,
  cause?: unknown,
): Error {
  const where = `${specFile(at.file).path}:${at.line}`;
  const message = `The claim "${id}" at ${where} ${predicate(verdict)}: ${reason}`;
  return new AssertionError(`${message}\nThe claim: ${statement}`, { cause });
}

/** A verdict as what is said of a claim: "fails", "is broken". */
export function predicate(verdict: Judgement["verdict"]): string {
  return verdict === "holds" || verdict === "fails" ? verdict : `is ${verdict}`;
}
