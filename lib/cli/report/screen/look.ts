import { stands } from "../../../claims/verdict.ts";
import type { Verdict } from "../../../claims/mod.ts";
import { harmless } from "../../../report/plain_text.ts";
import type { Screen } from "../../place.ts";

/** How much is seen where nobody says it, as in a file. */
const USUAL = { columns: 80, rows: 24 };

/** How much of a screen is seen, in signs. */
export function sizeOf({ size }: Screen): { columns: number; rows: number } {
  const { columns, rows } = size?.() ?? USUAL;
  return { columns: columns || USUAL.columns, rows: rows || USUAL.rows };
}

/** Of each verdict that does not stand; those that do are green. */
const COLOURS: Partial<Record<Verdict, number>> = { fails: 31, broken: 31, "not trusted": 33 };

/** A text in the colour of a verdict, where colours are wanted. */
export function coloured(text: string, verdict: Verdict, { colours }: Screen): string {
  return colours ? `\x1b[${stands(verdict) ? 32 : COLOURS[verdict]}m${text}\x1b[0m` : text;
}

/** A text on one line of so many signs at most, which does nothing to a terminal. */
export function cut(text: string, columns: number): string {
  const signs = [...harmless(text).replace(/[\n\t]/g, " ")];
  return signs.length <= columns ? signs.join("") : `${signs.slice(0, columns - 1).join("")}…`;
}

/** The same, filled up with blanks. */
export function column(text: string, columns: number): string {
  const shown = cut(text, columns);
  return shown + " ".repeat(Math.max(0, columns - [...shown].length));
}
