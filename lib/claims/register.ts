import { AssertionError } from "@std/assert";
import { asBefore } from "./before/as_before.ts";
import { fileAt, type Location, placeInWords } from "./location.ts";
import { answerTest } from "./names.ts";
import type { PlannedClaim } from "./plan.ts";
import { proseOf } from "./prose/essay.ts";
import { formulaProblems } from "./prose/formula.ts";
import { type Answered, questionRecord } from "./question_record.ts";
import type { ClaimRecord, RunRecord } from "./record.ts";
import { errorOf } from "./run.ts";
import { specFile } from "./spec_file.ts";
import { suggestionProblems } from "./prose/suggestion_check.ts";
import { type Judgement, judgeRun, predicate, stands } from "./verdict.ts";
import { noteRunning, runId, writeRecord } from "./write_record.ts";

/** A claim with the place where it is made; Deno itself files steps under whoever registers them. */
export type PlacedClaim = PlannedClaim & { readonly at: Location };

/** A question with its claims, and where it is asked. */
export interface PlacedQuestion extends Pick<Answered, "question" | "info" | "essay"> {
  readonly at: Location;
  readonly claims: readonly PlacedClaim[];
}

/** What each file has asked. */
const asked = new Map<string, PlacedQuestion>();

let latest: PlacedQuestion | undefined;

/** The question that was asked last: for whoever loads a spec where there is no Deno, in a page. */
export function latestQuestion(): PlacedQuestion | undefined {
  return latest;
}

/** What a file, given by its URL, has asked, if it has been loaded and asks a question. */
export function questionAt(url: string): PlacedQuestion | undefined {
  return asked.get(url);
}

/**
 * Makes a Deno test of each claim, and one of the answer; where there is no Deno, only keeps them.
 *
 * @throws {Error} If the file has asked a question before.
 */
export function registerQuestion(question: PlacedQuestion): void {
  const { at } = question;
  const claims = question.claims.map(asBefore);
  latest = question;
  if (!globalThis.Deno) return;
  const before = asked.get(at.file);
  if (before) {
    const places = `${placeInWords(at)} asks a second after that at line ${before.at.line}`;
    throw new Error(`A spec file asks one question: ${places}`);
  }
  asked.set(at.file, question);
  for (const claim of claims) {
    const test = (t: Deno.TestContext) => testClaim(claim, claims.length, t);
    Deno.test(claim.statement, fileAt(claim.at, test));
  }
  Deno.test(answerTest(question.question), fileAt(at, () => testAnswer({ ...question, claims })));
}

async function testClaim(
  claim: PlacedClaim,
  claims: number,
  t: Deno.TestContext,
): Promise<void> {
  const { id, statement } = claim;
  const file = specFile(claim.at.file);
  let passed = true;
  for (const step of claim.steps) {
    const at = new Date().toISOString();
    const running = { claim: id, statement, claims, step: step.name, at };
    await noteRunning(runId(), file, running);
    passed = await t.step(step.name, async () => {
      const failure = stepFailure(claim, await step.run());
      if (failure) throw failure;
    }) && passed;
  }
  await noteRunning(runId(), file);
  const failure = claimFailure(claim, await claim.record());
  // Where a step failed, Deno has shown why.
  if (failure && passed) throw failure;
}

async function testAnswer({ at, claims, ...asked }: PlacedQuestion): Promise<void> {
  const file = specFile(at.file);
  const records: ClaimRecord[] = [];
  for (const claim of claims) records.push({ ...await claim.record(), line: claim.at.line });
  const models = claims.flatMap((claim) => claim.models);
  const problems = [
    ...await formulaProblems(proseOf(asked.essay)),
    ...await suggestionProblems(asked.essay.suggestions, claims),
  ];
  const faults = problems.map((problem) => `${problem} (at ${placeInWords(at)})`);
  const record = questionRecord({ run: runId(), file, ...asked, models, claims: records, faults });
  await writeRecord(record, file);
  if (record.problems.length > 0) {
    throw new AssertionError(`The answer does not stand:\n- ${record.problems.join("\n- ")}`);
  }
}

/** What a failure says of its claim. */
type Named = Pick<PlacedClaim, "id" | "statement" | "at">;

/** What a step throws whose runs did not come out as they must, with the error that was caught. */
export function stepFailure(claim: Named, runs: readonly RunRecord[]): Error | undefined {
  const bad = runs.filter((run) => !run.asExpected);
  const worst = bad.find((run) => run.verdict === "broken") ?? bad[0];
  return worst && failure(claim, judgeRun(worst), errorOf(worst));
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
  const message = `The claim "${id}" at ${placeInWords(at)} ${predicate(verdict)}: ${reason}`;
  return new AssertionError(`${message}\nThe claim: ${statement}`, { cause });
}
