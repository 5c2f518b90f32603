import type { RunRecord } from "../claims/mod.ts";
import type { Document, QuestionView } from "./document/document.ts";
import type { Yours } from "./document/yours.ts";

/** The version of the format of `answers.json`; any change that a reader could trip over adds one. */
const VERSION = 2;

/** What `answers.json` has of a question, in this order. */
const FIELDS =
  "number file question notes standing lit attn_only verdict short parts wouldChange suggestions " +
  "sources problems models claims";

/** `answers.json`: everything that was found, in the form of `answers.schema.json`. */
export function renderJson(document: Document): string {
  const { tool, times, files, stands, totals, problems, questions, yours } = document;
  const answers = {
    $schema: "./answers.schema.json",
    version: VERSION,
    tool,
    ...times,
    complete: files.run === files.found,
    stands,
    totals,
    problems,
    questions: questions.map((question) => plainQuestion(question, times !== undefined)),
    ...yours && { yours: plainYours(yours, times !== undefined) },
  };
  return numbersOnOneLine(JSON.stringify(answers, null, 2)) + "\n";
}

/** Indented JSON with each array of numbers on one line: one a line would be mostly indentation. */
function numbersOnOneLine(json: string): string {
  // No string is touched: inside of one, JSON writes a new line as "\n".
  const array = /\[\n\s*(-?\d[^\n,]*(?:,\n\s*-?\d[^\n,]*)*)\n\s*\]/g;
  return json.replace(array, (_, numbers) => `[${numbers.replace(/,\n\s*/g, ", ")}]`);
}

function plainQuestion(question: QuestionView, timed: boolean) {
  const claims = question.claims.map((claim) => withTimes(claim, timed));
  const plain: Record<string, unknown> = { ...question, claims };
  return Object.fromEntries(FIELDS.split(" ").map((name) => [name, plain[name]]));
}

function plainYours(yours: Yours, timed: boolean) {
  return { ...yours, claims: yours.claims.map((claim) => withTimes(claim, timed)) };
}

function withTimes<C extends { readonly runs: readonly RunRecord[] }>(claim: C, timed: boolean) {
  const runs = claim.runs.map(({ seconds, ...run }) => timed ? { ...run, seconds } : run);
  return { ...claim, runs };
}
