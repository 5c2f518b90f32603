import { compactNumber } from "../numbers.ts";

/** A number is set to the right. */
export type Cell = string | number;

/** Rows of cells under a head, as both renderings print them. */
export interface Table {
  /** One for each column. */
  readonly head: readonly string[];
  /** As wide as the head. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell as text. */
export function cellText(cell: Cell): string {
  return typeof cell === "number" ? compactNumber(cell) : cell;
}
