import type { RunRecord } from "../claims/mod.ts";
import type { Document, QuestionView } from "./document.ts";

/** The version of the format of `answers.json`; any change that a reader could trip over adds one. */
const VERSION = 1;

/** `answers.json`: everything that was found, in the form of `answers.schema.json`. */
export function renderJson(document: Document): string {
  const { tool, times, complete, stands, totals, problems, questions } = document;
  const answers = {
    $schema: "./answers.schema.json",
    version: VERSION,
    tool,
    ...times,
    complete,
    stands,
    totals,
    problems,
    questions: questions.map((question) => plainQuestion(question, times !== undefined)),
  };
  return JSON.stringify(answers, null, 2) + "\n";
}

function plainQuestion(question: QuestionView, timed: boolean) {
  const { number, file, notes, standing, verdict, answer, wouldChange, sources, problems } =
    question;
  return {
    number,
    file,
    question: question.question,
    notes,
    standing,
    verdict,
    answer,
    wouldChange,
    sources,
    problems,
    claims: question.claims.map((claim) => ({
      ...claim,
      runs: claim.runs.map((run) => timed ? run : untimed(run)),
    })),
  };
}

function untimed({ seconds: _, ...run }: RunRecord): Omit<RunRecord, "seconds"> {
  return run;
}
