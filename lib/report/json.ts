import type { Document, QuestionView } from "./document/document.ts";

/** The version of the format of `answers.json`; any change that a reader could trip over adds one. */
const VERSION = 2;

/** What `answers.json` has of a question, in this order. */
const FIELDS =
  "number file question notes standing lit attn_only verdict short parts wouldChange sources problems " +
  "models claims";

/** `answers.json`: everything that was found, in the form of `answers.schema.json`. */
export function renderJson(document: Document): string {
  const { tool, times, files, stands, totals, problems, questions } = document;
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
  const claims = question.claims.map((claim) => ({
    ...claim,
    runs: claim.runs.map(({ seconds, ...run }) => timed ? { ...run, seconds } : run),
  }));
  const plain: Record<string, unknown> = { ...question, claims };
  return Object.fromEntries(FIELDS.split(" ").map((name) => [name, plain[name]]));
}
