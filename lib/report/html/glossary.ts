import { GLOSSARY } from "../../claims/prose/glossary.ts";
import { termAnchor } from "../../claims/prose/terms.ts";
import * as words from "../document/words.ts";
import { type Html, html, trusted } from "./markup.ts";

/** A link of an answer to a term. */
const LINK = /<a href="#(term-[a-z0-9-]+)">(.*?)<\/a>/gs;

const TERMS = new Map(GLOSSARY.map((term) => [termAnchor(term), term]));

/**
 * Some HTML in which the first link to each term is a button that shows what it means: where there is
 * a margin, also while one points at it or has come to it by key. The note leads to the glossary.
 */
export function withNotes({ text }: Html): Html {
  const noted = new Set<string>();
  return trusted(text.replace(LINK, (link, anchor, word) => {
    const term = TERMS.get(anchor);
    if (!term || noted.has(anchor)) return link;
    noted.add(anchor);
    const id = anchor.replace("term-", "note-");
    return html`
      <button type="button" class="term" popovertarget="${id}">${trusted(word)}</button><span
        class="note" id="${id}"
        popover><b>${term.term}</b> ${term.means} <a href="#${anchor}">Glossary</a></span>
    `.text.trim();
  }));
}

/**
 * What terms mean that answers link to.
 *
 * @param isLinked Whether a place is linked to; all terms are there without it.
 */
export function glossaryHtml(isLinked: (anchor: string) => boolean = () => true): Html | undefined {
  const entries = GLOSSARY.filter((term) => isLinked(termAnchor(term))).map((term) =>
    html`
      <dt id="${termAnchor(term)}">${term.term}</dt>
      <dd>${term.means}</dd>
    `
  );
  if (entries.length === 0) return undefined;
  return html`
    <section class="glossary" aria-labelledby="glossary_title">
      <h2 id="glossary_title">Glossary</h2>
      <p>${words.GLOSSARY_LEAD}</p>
      <dl>${entries}</dl>
    </section>
  `;
}
