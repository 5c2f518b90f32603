import type { Picture } from "../document/claim_view.ts";
import { type Html, html, trusted } from "./markup.ts";
import { tableHtml } from "./table.ts";

/** A chart with its title, its caption, and its data. */
export function pictureHtml({ anchor, figure, table, chart, narrow }: Picture): Html {
  return html`
    <figure id="${anchor}">
    <p class="figure-title">${figure.title}</p>
    ${chart === undefined
      ? html`<p class="quiet">There is nothing to draw: no row of this figure has a number.</p>`
      : html`
        <div class="wide">${trusted(chart)}</div>
        <div class="narrow">${trusted(narrow ?? chart)}</div>
      `}
    <figcaption>${figure.caption}</figcaption>
    <details><summary>The data as a table</summary>
    ${tableHtml(table, `Data of the figure: ${figure.title}`)}
    </details>
    </figure>
  `;
}
