import type { Axis, Row } from "../claims/mod.ts";
import { oneLine } from "./plain_text.ts";

/** "loss (nats)". */
export function axisLabel({ label, unit }: Axis): string {
  return oneLine(unit === undefined ? label : `${label} (${unit})`);
}

/** The name of a row's series; rows without one share the empty name. */
export function seriesOf(row: Row): string {
  return row.series ?? "";
}

/** A token as it is shown: its place beside others says where blanks are, and other signs are seen. */
export function shownToken(token: string): string {
  const text = token.replace(/^ (?=[^\s])/, "").replaceAll("\n", "↵").replaceAll("\t", "⇥");
  return text.replace(/ /g, "␣");
}
