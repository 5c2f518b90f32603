import { stands } from "../../claims/verdict.ts";
import type { Document, QuestionView } from "../../report/mod.ts";

/** What the command says at the end: everything that does not stand, by file and claim. */
export function verdictLines(document: Document): string[] {
  const fallen = document.questions.filter((question) =>
    !stands(question.verdict) || question.claims.some((claim) => !stands(claim.verdict))
  );
  return [
    ...fallen.flatMap(questionLines),
    ...document.warnings.map((warning) => `! ${warning}`),
    document.summary,
    `${
      document.stands ? "Every claim stands" : "NOT every claim stands"
    }: see report/index.html, ` +
    "report/answers.md and report/answers.json",
  ];
}

function questionLines({ file, verdict, claims, problems }: QuestionView): string[] {
  return [
    `${verdict}: ${file}`,
    ...claims.filter((claim) => !stands(claim.verdict)).map((claim) =>
      `  ${claim.verdict}: ${claim.statement} (${claim.id})` +
      (claim.reason === undefined ? "" : `\n${indent(claim.reason)}`)
    ),
    ...problems.map(indent),
  ];
}

function indent(text: string): string {
  return text.split("\n").map((line) => `    ${line}`).join("\n");
}
