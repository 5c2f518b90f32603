import { stands } from "../../claims/verdict.ts";
import type { ParagraphView, PartView, QuestionView } from "../document/document.ts";
import { lineHtml } from "../escape.ts";
import { proseHtml, specAddress } from "../prose.ts";
import { openingWords } from "../document/remarks.ts";
import { count } from "../numbers.ts";
import { MARGINS, notesSentence, ofQuestion, RUN_IT } from "../document/words.ts";
import { claimHtml } from "./claim.ts";
import { type Html, html, listHtml, trusted } from "./markup.ts";
import { headHtml, pictureHtml } from "./picture.ts";
import { sourceHtml } from "./source.ts";
import { verdictHtml } from "./verdict.ts";

/** One question: the answer first, each paragraph with its pictures, and then what it rests on. */
export function questionHtml(question: QuestionView): Html {
  const { anchor, number, file, verdict, head, wouldChange, sources } = question;
  return html`
    <article id="${anchor}" aria-labelledby="${anchor}_title">
    <h1 id="${anchor}_title"><span class="ordinal">${number}</span> ${trusted(
      lineHtml(question.question),
    )}</h1>
    ${shortHtml(question.short)}
    <p class="notes">${trusted(lineHtml(notesSentence(question.notes, question.standing)))}</p>
    <p class="meta">${verdictHtml(verdict, ofQuestion(verdict))} <a href="${specAddress(
      file,
    )}">${file}</a> <a class="run" href="#live">${RUN_IT}</a></p>
    ${problemsHtml(question.problems)}
    ${head && headHtml(head)}
    ${question.answer.map(partHtml)}
    ${question.rest.map(pictureHtml)}
    ${wouldChange !== "" && [html`<h2>What would change our mind</h2>`, prose("", wouldChange)]}
    ${groundsHtml(question)}
    ${sources.length > 0 && [
      html`<h2>Sources</h2>`,
      listHtml("sources", sources.map(sourceHtml)),
    ]}
    </article>
  `;
}

/** The claims, to be opened; where one does not stand, they are open. */
function groundsHtml({ views }: QuestionView): Html | undefined {
  if (views.length === 0) return undefined;
  const open = views.every(({ verdict }) => stands(verdict)) ? "" : trusted(" open");
  return html`
    <details class="grounds" ${open}>
    <summary><h2>What this rests on: ${count(views.length, "claim")}</h2></summary>
    ${views.some(({ margins }) => margins.length > 0) && html`<p class="key">${MARGINS}</p>`}
    ${views.map(claimHtml)}
    </details>
  `;
}

function shortHtml(short: string | undefined): Html | undefined {
  return short === undefined || short === "" ? undefined : html`<p class="short">${short}</p>`;
}

/** A part of the answer: its own short answer, then paragraph, picture, paragraph, picture. */
function partHtml({ title, short, paragraphs }: PartView): Html {
  return html`${title === undefined ? undefined : html`<h2 class="part">${title}</h2>`}
    ${shortHtml(short)}
    ${paragraphs.map(paragraphHtml)}`;
}

function paragraphHtml({ kind, text, pictures }: ParagraphView): Html {
  const written = html`${prose(kind, text)}
    ${pictures.map(pictureHtml)}`;
  return kind === "aside"
    ? html`<details class="aside"><summary>Aside: ${openingWords(text)}</summary>
${written}</details>`
    : written;
}

function prose(name: string, markdown: string): Html {
  return html`<div class="prose ${name}">${trusted(proseHtml(markdown))}</div>`;
}

/** What is wrong, where something is. */
export function problemsHtml(problems: readonly string[]): Html | undefined {
  return listHtml("problems", problems.map((problem) => html`<pre>${problem}</pre>`));
}
