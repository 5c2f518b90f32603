import { type FilledLedger, LEDGER_LEAD, ledgerInWords, ledgerTable } from "../document/ledger.ts";
import { isWebAddress } from "../prose.ts";
import { type Html, html, listHtml } from "./markup.ts";
import { tableHtml } from "./table.ts";

/** What others have published of a reader's model, and what was found. */
export function ledgerHtml(ledger: FilledLedger): Html {
  const sources = ledger.rows.map(({ published, source: { title, url } }) =>
    html`${published}: ${isWebAddress(url) ? html`<a href="${url}">${title}</a>` : title}`
  );
  return html`
    <h3>Published figures of ${ledger.name}</h3>
    <p>${ledgerInWords(ledger)} ${LEDGER_LEAD}</p>
    ${tableHtml(ledgerTable(ledger), `Published figures of ${ledger.name}`, "yours")}
    ${listHtml("", sources)}
  `;
}
