import type { Document, QuestionView } from "../document/document.ts";
import { YOURS_LEAD, yoursInWords, yoursSummary, yoursTable } from "../document/yours.ts";
import { ledgerHtml } from "./ledger.ts";
import { type Html, html, listHtml } from "./markup.ts";
import { tableHtml } from "./table.ts";

/** What came of a question's claims on a reader's own model, where one was asked. */
export function yoursHtml({ yours }: Document, question: QuestionView): Html | undefined {
  const table = yours && yoursTable(question, yours);
  if (!table) return undefined;
  return html`
    <section class="yours" aria-labelledby="yours">
      <h2 id="yours">Your model: ${yours.name}</h2>
      <p>${YOURS_LEAD}</p>
      ${tableHtml(table, "Your model", "yours")}
    </section>
  `;
}

/** The same of all questions, by numbers, and what the model is. */
export function yoursSummaryHtml({ yours, questions }: Document): Html | undefined {
  if (!yours) return undefined;
  return html`
    <section class="yours" aria-labelledby="yours">
      <h2 id="yours">Your model: ${yours.name}</h2>
      <p>${yoursInWords(yours)} It has ${yours.about}.</p>
      <p>${YOURS_LEAD}</p>
      ${listHtml("", yours.notes.map((note) => html`${note}`))}
      ${tableHtml(yoursSummary(questions, yours), "Your model, by question", "yours")}
      ${yours.ledger && ledgerHtml(yours.ledger)}
    </section>
  `;
}
