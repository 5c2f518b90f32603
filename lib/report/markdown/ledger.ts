import { type FilledLedger, LEDGER_LEAD, ledgerInWords, ledgerTable } from "../document/ledger.ts";
import { escapeMarkdown } from "../escape.ts";
import { isWebAddress } from "../prose.ts";
import { link, list } from "./blocks.ts";
import { tableMarkdown } from "./table.ts";

/** What others have published of a reader's model, and what was found. */
export function ledgerBlocks(ledger: FilledLedger): string[] {
  const sources = ledger.rows.map(({ published, source: { title, url } }) => {
    const name = escapeMarkdown(title);
    return `${escapeMarkdown(published)}: ${isWebAddress(url) ? link(name, url) : name}`;
  });
  return [
    `### Published figures of ${escapeMarkdown(ledger.name)}`,
    escapeMarkdown(`${ledgerInWords(ledger)} ${LEDGER_LEAD}`),
    tableMarkdown(ledgerTable(ledger)),
    list(sources),
  ];
}
