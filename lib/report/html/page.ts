import { GLOSSARY } from "../../claims/prose/glossary.ts";
import { termAnchor } from "../../claims/prose/terms.ts";
import { colourProperties } from "../charts/colours.ts";
import type { Document, QuestionView } from "../document/document.ts";
import { lineHtml } from "../escape.ts";
import { byMaking } from "../document/models_table.ts";
import { claimsThatStand, runInWords, warningsInWords } from "../document/remarks.ts";
import * as words from "../document/words.ts";
import { type Html, html, trusted } from "./markup.ts";
import { problemsHtml, questionHtml } from "./question.ts";
import styles from "./page.css" with { type: "text" };
import { tableHtml } from "./table.ts";
import { verdictHtml } from "./verdict.ts";

/** The document as one HTML file that asks the network for nothing. */
export function renderHtml(document: Document): string {
  const state = document.stands ? "" : "✗ ";
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'">
        <link rel="icon" href="data:,">
        <title>${state}${words.TITLE}</title>
        <style>
    ${trusted(colourProperties(":root"))}
    ${trusted(styles.replaceAll("\r", ""))}
    </style>
      </head>
      <body>
    <a class="skip" href="#questions">Skip to the questions</a>
    <header>
    <h1>${words.TITLE}</h1>
    <p class="lead">${words.LEAD}</p>
    ${bannerHtml(document)}
    </header>
    <main>
    ${summaryHtml(document)}
    ${readingHtml()}
    <div id="questions">
    ${document.questions.map(questionHtml)}
    </div>
    ${document.questions.length > 0 && glossaryHtml()}
    ${modelsHtml(document)}
    </main>
    ${footerHtml(document)}
      </body>
    </html>
  `.text.trim() + "\n";
}

function bannerHtml(document: Document): Html | undefined {
  if (document.warnings.length === 0) return undefined;
  return html`<div class="banner" role="alert"><p>${warningsInWords(document)}</p>${
    problemsHtml(document.warnings)
  }</div>`;
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
      <ol class="contents">
      ${document.questions.map(entryHtml)}
      </ol>
      <p class="marks">${words.marksSentence("dotted")} ${document.models.length > 0 && whom}</p>
    </nav>
  `;
}

/** A question in the table of contents, with its short answer. */
function entryHtml(question: QuestionView): Html {
  const { number, anchor, verdict, short } = question;
  return html`
    <li value="${number}"><a href="#${anchor}">${trusted(lineHtml(question.question))}</a>
    ${short !== "" && html`<p>${short}</p>`}
    <p class="state">${verdictHtml(verdict, words.ofQuestion(verdict))}, ${claimsThatStand(
      question,
    )}</p></li>
  `;
}

/** What the terms mean that answers link to. */
function glossaryHtml(): Html {
  const entries = GLOSSARY.map((term) =>
    html`
      <dt id="${termAnchor(term)}">${term.term}</dt>
      <dd>${term.means}</dd>
    `
  );
  return html`
    <section class="glossary" aria-labelledby="glossary">
      <h2 id="glossary">Glossary</h2>
      <p>${words.GLOSSARY_LEAD}</p>
      <dl>${entries}</dl>
    </section>
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

function footerHtml(document: Document): Html {
  const json = html`<a href="answers.json">answers.json</a>`;
  const markdown = html`<a href="answers.md">answers.md</a>`;
  return html`
    <footer>
      <p>${runInWords(document)} The same as data: ${json}; as Markdown: ${markdown}.</p>
    </footer>
  `;
}
