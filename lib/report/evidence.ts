import type { ClaimRecord, QuestionRecord } from "../claims/mod.ts";
import { repeated } from "../claims/names.ts";
import { specFileAt } from "../claims/spec_file.ts";
import { violations } from "./schema.ts";
import { isAsExpected, judge, predicate, stands, worst } from "../claims/verdict.ts";

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

/** What of a question can contradict itself. */
type Judged = Pick<
  QuestionRecord,
  "number" | "file" | "claims" | "models" | "verdict" | "problems"
>;

/** Where a record contradicts itself: a verdict that its own claims and runs do not bear out. */
export function contradictions(question: Judged): string[] {
  const { number, file, claims, models, verdict, problems } = question;
  const named = specFileAt(file).number;
  const found: string[] = [];
  if (number !== named) found.push(`it says that its number is ${number}, its name says ${named}`);
  if (claims.length === 0) found.push("it makes no claim");
  const twice = repeated(claims.map((claim) => claim.id));
  found.push(...twice.map((id) => `two of its claims have the id ${id}`));
  found.push(...claims.flatMap(unborne));
  const asked = claims.flatMap(({ runs }) => runs.map(({ family, model }) => family ?? model));
  const strangers = new Set(asked).difference(new Set(models.map(({ name }) => name)));
  found.push(...[...strangers].map((name) => `it ran on ${name} and never says what that is`));
  if (stands(verdict) && problems.length > 0) {
    found.push(`it says ${verdict}, but something in it does not stand`);
  }
  const required = worst(claims.map((claim) => claim.verdict));
  if (claims.length > 0 && verdict !== required && verdict !== "broken") {
    found.push(`it says ${verdict}, but the worst of its claims says ${required}`);
  }
  return found;
}

/** What a claim says of itself and its runs, judged again, do not; it may be broken by more than these. */
function unborne(claim: ClaimRecord): string[] {
  const { id, verdict, runs, direction } = claim;
  const judged = judge(claim);
  const said = `${id} says ${verdict}, but by its runs it ${predicate(judged.verdict)}`;
  const lies = runs.filter((run) => run.asExpected !== isAsExpected(direction, run));
  return [
    ...verdict === judged.verdict || verdict === "broken"
      ? []
      : [judged.reason === undefined ? said : `${said}: ${judged.reason}`],
    ...lies.map(({ model }) => `${id} says of its run on ${model} what its verdict does not`),
  ];
}
