import type { ClaimRecord, QuestionRecord, RunRecord } from "../claims/mod.ts";
import { specFileAt } from "../claims/spec_file.ts";
import { violations } from "./schema.ts";
import { stands, worst } from "../claims/verdict.ts";

/** How many violations a reason lists. */
const LISTED = 3;

/** What a file of evidence must be about. */
export interface Expected {
  /** The run's id. */
  readonly run: string;
  /** The spec file, from the project's root. */
  readonly file: string;
}

/**
 * Reads a file of evidence, which is not to be trusted: it may be cut short, left over from
 * another run, or about another file.
 *
 * @throws {Error} With what is wrong with it.
 */
export function readEvidence(text: string, expected: Expected): QuestionRecord {
  const record = parse(text);
  const run = typeof record === "object" && record !== null && (record as QuestionRecord).run;
  if (run !== expected.run) throw new Error("its evidence was written by another run");
  const wrong = violations(record, "question");
  if (wrong.length > 0) {
    const more = wrong.length > LISTED ? `; and ${wrong.length - LISTED} more` : "";
    throw new Error(`its evidence is not well formed: ${wrong.slice(0, LISTED).join("; ")}${more}`);
  }
  const question = record as QuestionRecord;
  if (question.file !== expected.file) {
    throw new Error(`its evidence is about ${question.file}`);
  }
  return question;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = text.trim() === "" ? "it is empty" : (error as Error).message;
    throw new Error(`its evidence is not JSON and may have been cut short: ${cause}`);
  }
}

/** Where a record contradicts itself: a verdict that its own claims and runs do not bear out. */
export function contradictions(question: QuestionRecord): string[] {
  const { number, file, claims, models, verdict, problems } = question;
  const named = specFileAt(file).number;
  const found: string[] = [];
  if (number !== named) found.push(`it says that its number is ${number}, its name says ${named}`);
  if (claims.length === 0) found.push("it makes no claim");
  const ids = claims.map((claim) => claim.id);
  const twice = new Set(ids.filter((id, i) => ids.indexOf(id) < i));
  found.push(...[...twice].map((id) => `two of its claims have the id ${id}`));
  found.push(...claims.flatMap(unborne));
  const asked = claims.flatMap(({ runs }) => runs.map(({ family, model }) => family ?? model));
  const strangers = new Set(asked).difference(new Set(models.map(({ name }) => name)));
  found.push(...[...strangers].map((name) => `it ran on ${name} and never says what that is`));
  const fallen = claims.filter((claim) => !stands(claim.verdict)).length + problems.length;
  const said = `it says ${verdict}`;
  if (stands(verdict) && fallen > 0) found.push(`${said}, but something in it does not stand`);
  const required = worst(claims.map((claim) => claim.verdict));
  if (worst([verdict, required]) !== verdict) {
    found.push(`${said}, but one of its claims is worse: ${required}`);
  }
  return found;
}

/** A claim that says that it stands, and does not. */
function unborne({ id, verdict, runs, direction, controls }: ClaimRecord): string[] {
  if (verdict !== "holds" && verdict !== "refuted") return [];
  const wrong = runs.filter((run) => !run.asExpected);
  const applied = runs.filter((run) => run.verdict !== "not applicable");
  const idle = controls.filter(({ name }) => !applied.some((run) => run.control === name));
  const right = direction === "claim" ? "holds" : "refuted";
  const faults = [
    verdict === right ? undefined : `its direction is ${direction}`,
    wrong.length === 0 ? undefined : `${wrong.length} of its runs came out wrong`,
    applied.some((run) => run.role === "subject") ? undefined : "it was run on no model",
    controls.length > 0 ? undefined : "it has no control",
    ...idle.map(({ name }) => `its control "${name}" was run on nothing`),
    runs.every(borne(direction)) ? undefined : "a run is marked as expected that was not",
  ];
  return faults.flatMap((fault) => fault ? [`${id} says ${verdict}, but ${fault}`] : []);
}

/** Whether a run marked as expected came out as its role and the claim's direction require. */
function borne(direction: ClaimRecord["direction"]): (run: RunRecord) => boolean {
  return ({ role, verdict, asExpected }) => {
    if (!asExpected || verdict === "not applicable") return true;
    const holds = (role === "subject") === (direction === "claim");
    return verdict === (holds ? "holds" : "fails");
  };
}
