import { anchorOnPage } from "../../claims/names.ts";
import type { Charts } from "../document/drawn.ts";
import type { Head, Picture } from "../document/picture.ts";
import { SCHEMATIC } from "../document/words.ts";
import { controlPictureHtml } from "./control.ts";
import { type Html, html, trusted } from "./markup.ts";
import { tableHtml } from "./table.ts";

/** The schematic at the head of an answer. */
export function headHtml({ anchor, charts }: Head): Html | undefined {
  if (charts === undefined) return undefined;
  return html`
    <figure class="head" id="${anchor}">
    ${chartsHtml(charts)}
    <figcaption>${SCHEMATIC}</figcaption>
    </figure>
  `;
}

function chartsHtml(charts: Charts): Html[] {
  return [
    html`<div class="wide">${trusted(charts.wide)}</div>`,
    html`<div class="narrow">${trusted(charts.narrow)}</div>`,
  ];
}

/** A chart with its title, its caption, and its data. */
export function pictureHtml(
  { anchor, figure, table, charts, problem, controls = [] }: Picture,
): Html {
  return html`
    <figure id="${anchorOnPage(anchor)}">
    <p class="figure-title">${figure.title}</p>
    ${problem !== undefined && html`<p class="quiet">${problem}</p>`}
    ${charts && chartsHtml(charts)}
    <figcaption>${figure.caption}</figcaption>
    <details><summary>The data as a table</summary>
    ${tableHtml(table, `Data of the figure: ${figure.title}`)}
    </details>
    ${controls.map((control) => controlPictureHtml(control, true))}
    </figure>
  `;
}
