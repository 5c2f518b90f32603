import type { Table } from "./table.ts";

/** A figure that others have published of a model, and what was found of it here. */
export interface LedgerRow {
  readonly id: string;
  /** What was measured, on what. */
  readonly what: string;
  readonly published: string;
  /** When ours counts as the same. */
  readonly within: string;
  /** Where it was published. */
  readonly source: { readonly title: string; readonly url: string };
  /** What was found; nothing where it could not be, for the reason given. */
  readonly ours?: string;
  /** Ours less the published one, where both are numbers. */
  readonly difference?: number;
  readonly replicated?: boolean;
  readonly reason?: string;
}

/** What others have published of a model, measured on it. */
export interface FilledLedger {
  readonly name: string;
  readonly rows: readonly LedgerRow[];
}

/** What the section says above its table. */
export const LEDGER_LEAD =
  "These figures of this model, with these very weights, others have published. Each was measured " +
  "again here, and counts as replicated where it comes out within what is said beside it.";

/** Every figure: the published one, ours, and whether that is the same. */
export function ledgerTable({ rows }: FilledLedger): Table {
  return {
    head: ["figure", "published", "ours", "off by", "to be within", "replicated"],
    rows: rows.map(({ what, published, ours, difference, within, replicated, reason }) => [
      what,
      published,
      ours ?? reason ?? "",
      difference === undefined ? "" : difference.toPrecision(2),
      within,
      replicated === undefined ? "! not measured" : replicated ? "✓ yes" : "✗ no",
    ]),
  };
}

/** "Of 6 published figures of GPT-2 small 5 were replicated." */
export function ledgerInWords({ name, rows }: FilledLedger): string {
  const same = rows.filter(({ replicated }) => replicated).length;
  return `Of ${rows.length} published figures of ${name} ${same} were replicated.`;
}
