import type { Document, QuestionView } from "../document/document.ts";
import { lineHtml } from "../escape.ts";
import { byMaking } from "../document/models_table.ts";
import { claimsThatStand } from "../document/remarks.ts";
import * as words from "../document/words.ts";
import { glossaryHtml } from "./glossary.ts";
import { previewFile } from "../preview/preview.ts";
import { bannerHtml, pageHtml } from "./layout.ts";
import { type Html, html, trusted } from "./markup.ts";
import { tableHtml } from "./table.ts";
import { verdictHtml } from "./verdict.ts";
import { yoursSummaryHtml } from "./yours.ts";

/** The page that leads to all others: the questions, how to read them, the terms and the models. */
export function contentsHtml(document: Document, live: boolean = false): string {
  const body = html`
    <a class="skip" href="#questions">Skip to the questions</a>
    <header>
    <h1>${words.TITLE}</h1>
    <p class="lead">${words.LEAD}</p>
    ${live && html`<p>${words.BENCH}</p>`}
    ${bannerHtml(document)}
    </header>
    <main>
    ${summaryHtml(document)}
    ${yoursSummaryHtml(document)}
    ${readingHtml()}
    ${document.questions.length > 0 && glossaryHtml()}
    ${modelsHtml(document)}
    </main>
  `;
  const { stands } = document;
  const [title, description] = [words.TITLE, words.LEAD];
  const picture = previewFile("index.html");
  return pageHtml(document, { title, description, stands, picture, body });
}

function summaryHtml(document: Document): Html {
  const fallen = html`
    <strong class="bad">Not everything stands.</strong>
  `;
  const whom = html`<a href="#models">The models</a>, ${words.WHOM}`;
  return html`
    <nav aria-labelledby="summary">
      <h2 id="summary">The answers in short</h2>
      <p>${!document.stands && fallen}${document.summary}</p>
      <ol class="contents" id="questions">
      ${document.questions.map(entryHtml)}
      </ol>
      ${document.matrix && html`<p><a href="sabotage.html">Why believe it</a>: every claim was also
      asked of models broken in every way of a catalogue. ${document.matrix}.</p>`}
      <p class="marks">${words.marksSentence("dotted")} ${document.models.length > 0 && whom}</p>
    </nav>
  `;
}

/** A question in the table of contents, with its short answer. */
function entryHtml(question: QuestionView): Html {
  const { number, page, verdict, short, notes, standing } = question;
  return html`
    <li value="${number}"><a href="${page}">${trusted(lineHtml(question.question))}</a>
    ${short !== "" && html`<p>${short}</p>`}
    <p class="notes">${trusted(lineHtml(words.notesSentence(notes, standing)))}</p>
    <p class="state">${verdictHtml(verdict, words.ofQuestion(verdict))}, ${claimsThatStand(
      question,
    )} <a href="${page}#live">${words.RUN_IT}</a></p></li>
  `;
}

function modelsHtml({ models }: Document): Html | undefined {
  if (models.length === 0) return undefined;
  const { plain, changed } = byMaking(models);
  return html`
    <section class="whom" aria-labelledby="models">
      <h2 id="models">The models</h2>
      <p>${words.MODELS}</p>
      ${tableHtml(plain, "The models", "models")}
      ${changed.rows.length > 0 && html`<details><summary>${words.CHANGED}</summary>
${tableHtml(changed, words.CHANGED, "models")}</details>`}
    </section>
  `;
}

function readingHtml(): Html {
  const reaches = Object.entries(words.REACHES).map(([reach, meaning], i) =>
    html`${i > 0 && "; "}<em>${reach}</em>, ${meaning}`
  );
  return html`
    <details class="reading">
      <summary>
        <h2>How to read the verdicts</h2>
      </summary>
      <dl>
    ${words.VERDICTS.map(({ verdict, meaning }) =>
      html`
        <dt>${verdictHtml(verdict)}</dt>
        <dd>${meaning}</dd>
      `
    )}</dl>
      <p>${words.STANDING} A claim is an <em>identity</em> (${words.KINDS
        .identity}), <em>empirical</em>
    (${words.KINDS.empirical}) or a <em>construction</em> (${words.KINDS.construction}).
    How far it goes: ${reaches}.</p>
    </details>
  `;
}
