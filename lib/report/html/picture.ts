import type { Picture } from "../document/picture.ts";
import { type Html, html, trusted } from "./markup.ts";
import { tableHtml } from "./table.ts";

/** A chart with its title, its caption, and its data. */
export function pictureHtml({ anchor, figure, table, charts, problem }: Picture): Html {
  return html`
    <figure id="${anchor}">
    <p class="figure-title">${figure.title}</p>
    ${problem !== undefined && html`<p class="quiet">${problem}</p>`}
    ${charts && [
      html`<div class="wide">${trusted(charts.wide)}</div>`,
      html`<div class="narrow">${trusted(charts.narrow)}</div>`,
    ]}
    <figcaption>${figure.caption}</figcaption>
    <details><summary>The data as a table</summary>
    ${tableHtml(table, `Data of the figure: ${figure.title}`)}
    </details>
    </figure>
  `;
}
