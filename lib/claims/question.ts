import { AssertionError } from "@std/assert";
import { ANSWER_TO } from "./answer_to.ts";
import type { ClaimInput, ClaimSpec, RefutedInput } from "./claim.ts";
import { type Handle, makeHandle } from "./handle.ts";
import { callerOf, fileAt, type Location } from "./location.ts";
import { type Answer, questionRecord } from "./question_record.ts";
import { planClaim, type PlannedClaim } from "./run_claim.ts";
import { specFile } from "./spec_file.ts";
import { claimFailure, stepFailure } from "./failure.ts";
import { runId, writeRecord } from "./write_record.ts";

/** What the body of a question makes its claims with. */
export interface Claimant {
  /** A claim: must hold on every subject and fail on every control. */
  claim<M, E>(statement: string, input: ClaimInput<M, E>): Handle<E>;
  /** A wrong belief: must fail on every subject and hold on every control. */
  refuted<M, E>(statement: string, input: RefutedInput<M, E>): Handle<E>;
}

interface Placed {
  readonly at: Location;
  readonly claim: PlannedClaim;
}

/**
 * Asks a question: each claim that its body makes becomes a Deno test, with one step for each
 * subject, family and control, and a last test checks the answer itself and keeps the record.
 * Nothing is loaded or run until those tests do.
 */
export function question(text: string, body: (claimant: Claimant) => Answer): void {
  const at = callerOf(question);
  const placed: Placed[] = [];
  const answer = body(claimant(placed));
  for (const each of placed) registerClaim(each);
  registerAnswer(text, answer, at, placed.map(({ claim }) => claim));
}

function claimant(placed: Placed[]): Claimant {
  const place = <M, E>(at: Location, spec: ClaimSpec<M, E>): Handle<E> => {
    placed.push({ at, claim: planClaim(spec) });
    return makeHandle(spec.id);
  };
  return {
    claim: function claim(statement, { mustFailOn: controls, ...inquiry }) {
      return place(callerOf(claim), { statement, direction: "claim", controls, ...inquiry });
    },
    refuted: function refuted(statement, { mustHoldOn: controls, ...inquiry }) {
      return place(callerOf(refuted), { statement, direction: "refuted", controls, ...inquiry });
    },
  };
}

function registerClaim({ at, claim }: Placed): void {
  const named = { ...claim, at };
  const test = fileAt(at, async (t: Deno.TestContext) => {
    let passed = true;
    for (const step of claim.steps) {
      passed = await t.step(step.name, async () => {
        const failure = stepFailure(named, await step.run());
        if (failure) throw failure;
      }) && passed;
    }
    const failure = claimFailure(named, await claim.record());
    // Where a step failed, Deno has shown why.
    if (failure && passed) throw failure;
  });
  Deno.test(claim.statement, test);
}

function registerAnswer(
  question: string,
  answer: Answer,
  at: Location,
  claims: readonly PlannedClaim[],
): void {
  const file = specFile(at.file);
  const test = fileAt(at, async () => {
    const records = [];
    for (const claim of claims) records.push(await claim.record());
    const models = claims.flatMap((claim) => claim.models);
    const asked = { run: runId(), file, question, answer, models };
    const record = questionRecord({ ...asked, claims: records });
    await writeRecord(record, file.stem);
    if (record.problems.length > 0) {
      throw new AssertionError(`The answer does not stand:\n- ${record.problems.join("\n- ")}`);
    }
  });
  Deno.test(ANSWER_TO + question, test);
}
