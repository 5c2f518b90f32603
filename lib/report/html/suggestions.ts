import { anchorOnPage } from "../../claims/names.ts";
import type { SuggestionRecord } from "../../claims/mod.ts";
import { readChosen } from "../../model/sabotages/chosen.ts";
import type { QuestionView } from "../document/document.ts";
import { writeAddress } from "../live/address.ts";
import { proseHtml } from "../prose.ts";
import { type Html, html, trusted } from "./markup.ts";

/**
 * What the reader may break, to be guessed first: what happens, and why, has to be opened.
 *
 * @param live Whether it can be broken here.
 */
export function suggestionsHtml(question: QuestionView, live: boolean): Html | undefined {
  const { suggestions = [] } = question;
  if (suggestions.length === 0) return undefined;
  return html`
    <h3>Things to break: guess first</h3>
    <ol class="suggestions">
    ${suggestions.map((each) => html`<li>${suggestionHtml(each, question, live)}</li>`)}
    </ol>
  `;
}

/** The bench finds it by its address, and shows the same once it was broken so. */
function suggestionHtml(suggestion: SuggestionRecord, question: QuestionView, live: boolean): Html {
  const { sabotages, name, description, notice, stand, why } = suggestion;
  const address = writeAddress({ chosen: sabotages.map(readChosen) });
  return html`
    <p><b>${name[0].toUpperCase()}${name.slice(1)}.</b> ${description}
    ${live && html`
      <a class="try" href="${address}#live">Break it so</a>
    `}</p>
    <details>
      <summary>What happens, and why</summary>
      <div data-break="${address}">${trusted(proseHtml(why))}
    <div class="becomes">
    ${claimsHtml("Among those that notice", notice, question)}
    ${claimsHtml("Among those that stand all the same", stand, question)}
    </div></div>
    </details>
  `;
}

function claimsHtml(what: string, ids: readonly string[], { views }: QuestionView): Html | false {
  const named = views.filter(({ id }) => ids.includes(id));
  return named.length > 0 && html`
    <p class="quiet">${what}:</p>
    <ul>${named.map(({ anchor, letter, statement }) =>
      html`<li><a href="#${anchorOnPage(anchor)}">[${letter}]</a> ${statement}</li>`
    )}</ul>
  `;
}
