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
