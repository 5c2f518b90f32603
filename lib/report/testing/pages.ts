/** The report's pages, parsed, for tests. */
import { DOMParser } from "linkedom";
import { drawFigure } from "../charts/chart.ts";
import type { Document } from "../document/document.ts";
import { contentsHtml } from "../html/contents.ts";
import { questionPageHtml } from "../html/question_page.ts";
import { illustration, ILLUSTRATIONS } from "./illustrations.ts";
import * as sample from "./sample.ts";

export type Page = ReturnType<typeof parsed>;

function parsed(html: string) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** The page that leads to the others. */
export function contents(document: Document): Page {
  return parsed(contentsHtml(document));
}

/** The page of a document's first question, or of another. */
export function page(document: Document, place = 0): Page {
  return parsed(questionPageHtml(document, document.questions[place]));
}

/** The elements that a selector finds. */
export function all(page: Page, selector: string) {
  return [...page.querySelectorAll(selector)];
}

const EVERY = [...sample.FIGURE_KINDS.map(sample.figure), ...ILLUSTRATIONS.map(illustration)];

/** Two questions, the second with real charts, of every kind of figure. */
const DRAWN = sample.document(
  [
    sample.question({ claims: [sample.claim({ figures: EVERY })] }),
    sample.question({ number: 1 }),
  ],
  {},
  drawFigure,
);

/** Every text tries to break out of its place. */
const HOSTILE = sample.document([sample.hostile(), sample.hostile()], {}, drawFigure);

/** Both kinds of page, with real charts. */
export const drawn = [contents(DRAWN), page(DRAWN, 1)];

/** Both kinds of page, whose every text tries to break out of its place. */
export const attacked = [contents(HOSTILE), page(HOSTILE)];
