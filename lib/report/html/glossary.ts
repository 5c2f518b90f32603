import { GLOSSARY } from "../../claims/prose/glossary.ts";
import { termAnchor } from "../../claims/prose/terms.ts";
import * as words from "../document/words.ts";
import { type Html, html } from "./markup.ts";

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
