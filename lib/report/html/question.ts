import type { Source } from "../../claims/mod.ts";
import type { ParagraphView, PartView, QuestionView } from "../document/document.ts";
import { lineHtml } from "../escape.ts";
import { isWebAddress, proseHtml, specAddress } from "../prose.ts";
import { notesSentence, ofQuestion } from "../document/words.ts";
import { claimHtml } from "./claim.ts";
import { type Html, html, listHtml, trusted } from "./markup.ts";
import { pictureHtml } from "./picture.ts";
import { verdictHtml } from "./verdict.ts";

/** One question: the answer first, then its pictures, then what it rests on. */
export function questionHtml(question: QuestionView): Html {
  const { anchor, number, file, verdict, views, wouldChange, sources } = question;
  return html`
    <article id="${anchor}" aria-labelledby="${anchor}-title">
    <h2 id="${anchor}-title"><span class="ordinal">${number}</span> ${trusted(
      lineHtml(question.question),
    )}</h2>
    <p class="meta">${verdictHtml(verdict, ofQuestion(verdict))} <a href="${specAddress(
      file,
    )}">${file}</a></p>
    <p class="notes">${trusted(lineHtml(notesSentence(question.notes, question.standing)))}</p>
    ${problemsHtml(question.problems)}
    ${question.short === "" ? undefined : html`<p class="short">${question.short}</p>`}
    ${question.answer.map(partHtml)}
    ${question.rest.map(pictureHtml)}
    ${views.length > 0 && [html`<h3>What this rests on</h3>`, ...views.map(claimHtml)]}
    ${wouldChange !== "" && [html`<h3>What would change our mind</h3>`, prose("", wouldChange)]}
    ${sources.length > 0 && [
      html`<h3>Sources</h3>`,
      listHtml("sources", sources.map(sourceHtml)),
    ]}
    </article>
  `;
}

/** A part of the answer: its own short answer, then paragraph, picture, paragraph, picture. */
function partHtml({ title, short, paragraphs }: PartView): Html {
  return html`${title === undefined ? undefined : html`<h3>${title}</h3>`}
    ${short === undefined ? undefined : html`<p class="short">${short}</p>`}
    ${paragraphs.map(paragraphHtml)}`;
}

function paragraphHtml({ kind, text, pictures }: ParagraphView): Html {
  const written = html`${prose(kind, text)}
    ${pictures.map(pictureHtml)}`;
  return kind === "aside"
    ? html`<details class="aside"><summary>Aside</summary>
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

function sourceHtml({ title, authors, year, url, id }: Source): Html {
  const name = isWebAddress(url)
    ? html`<a href="${url}"><cite>${title}</cite></a>`
    : html`<cite>${title}</cite>`;
  return html`${authors}, ${name} (${year})${id !== undefined && `, ${id}`}`;
}
