import { type Cell, cellText, type Table } from "../document/table.ts";
import { type Html, html } from "./markup.ts";

/** A table that scrolls by itself where the page is narrow; keyboards can reach it too. */
export function tableHtml({ head, rows }: Table, label: string, name = ""): Html {
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label="${label}">
      <table class="${name}">
        <thead>
          <tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>${rows.map((cells) =>
          html`
            <tr>${cells.map(cellHtml)}</tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

/** A number or a range, and not a sentence that begins with one. */
const NUMBER = /^-?[\d.]\S*( to \S+)?$/;

function cellHtml(cell: Cell, column: number): Html {
  const text = cellText(cell);
  if (column === 0) return html`<th scope="row">${text}</th>`;
  return typeof cell === "number" || NUMBER.test(text)
    ? html`<td class="number">${text}</td>`
    : html`<td>${text}</td>`;
}
