import type { Document, QuestionView } from "../document/document.ts";
import { YOURS_LEAD, yoursInWords, yoursSummary, yoursTable } from "../document/yours.ts";
import { escapeMarkdown } from "../escape.ts";
import { blocks, list } from "./blocks.ts";
import { ledgerBlocks } from "./ledger.ts";
import { tableMarkdown } from "./table.ts";

/** What came of a question's claims on a reader's own model, where one was asked. */
export function yoursMarkdown(question: QuestionView, { yours }: Document): string | undefined {
  const table = yours && yoursTable(question, yours);
  return table && blocks(`### Your model: ${escapeMarkdown(yours.name)}`, tableMarkdown(table));
}

/** The same of all questions, by numbers, and what the model is. */
export function yoursBlocks({ yours, questions }: Document): string[] {
  if (!yours) return [];
  return [
    `## Your model: ${escapeMarkdown(yours.name)}`,
    escapeMarkdown(`${yoursInWords(yours)} It has ${yours.about}.`),
    YOURS_LEAD,
    list(yours.notes.map(escapeMarkdown)),
    tableMarkdown(yoursSummary(questions, yours)),
    ...yours.ledger ? ledgerBlocks(yours.ledger) : [],
  ];
}
