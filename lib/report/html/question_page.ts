import type { Document, QuestionView } from "../document/document.ts";
import { stands } from "../../claims/verdict.ts";
import * as words from "../document/words.ts";
import { glossaryHtml, withNotes } from "./glossary.ts";
import { previewFile } from "../preview/preview.ts";
import { keptTogether } from "./kept_together.ts";
import { bannerHtml, pageHtml } from "./layout.ts";
import { liveHtml } from "./live.ts";
import { type Html, html } from "./markup.ts";
import { questionHtml } from "./question.ts";
import { yoursHtml } from "./yours.ts";

/**
 * The page of one question: the answer, what it rests on, and the terms that it uses.
 *
 * @param live Whether what runs its claims lies beside it.
 */
export function questionPageHtml(
  document: Document,
  question: QuestionView,
  live: boolean = false,
): string {
  const [article, bench] = [questionHtml(question), liveHtml(question, live)]
    .map((each) => keptTogether(withNotes(each)));
  const linked = article.text + bench.text;
  const body = html`
    <a class="skip" href="#${question.anchor}">Skip to the answer</a>
    ${neighboursHtml(document, question, "Before and after")}
    <main>
    ${bannerHtml(document)}
    ${article}
    ${yoursHtml(document, question)}
    ${bench}
    ${glossaryHtml((anchor) => linked.includes(`href="#${anchor}"`))}
    </main>
    ${neighboursHtml(document, question, "Further")}
  `;
  return pageHtml(document, {
    title: question.question,
    description: question.short || words.TITLE,
    stands: stands(question.verdict) && document.warnings.length === 0,
    picture: previewFile(question.page),
    body,
  });
}

/** The way to all questions, and to the one before and the one after. */
function neighboursHtml({ questions }: Document, question: QuestionView, label: string): Html {
  const place = questions.indexOf(question);
  const link = (to: QuestionView | undefined, rel: string, arrow: string) =>
    to && html`<a rel="${rel}" href="${to.page}">${arrow} ${to.number}. ${to.question}</a>`;
  return html`
    <nav class="neighbours" aria-label="${label}">
    <a rel="up" href="index.html">All questions</a>
    ${link(questions[place - 1], "prev", "←")}
    ${link(questions[place + 1], "next", "→")}
    </nav>
  `;
}
