import type { Chart, Figure } from "../../claims/mod.ts";
import { extent } from "../numbers.ts";
import { quantity } from "./quantity.ts";

/** A chart, and numbers that its measured scale must have room for besides its own. */
export type Scaled = Chart & { readonly also?: readonly number[] };

/** Every number that the measured axis must show; of a heatmap, those that set its colours. */
export function measuredNumbers({ kind, rows, reference = [], also = [] }: Scaled): number[] {
  const own = kind === "heatmap"
    ? rows.map(({ value }) => value)
    : [...rows, ...reference].map(({ y }) => y);
  return [...own as number[], ...also];
}

/**
 * Whether a figure can be drawn on the scales of another, since its numbers fit in there; undefined
 * where it has no scale to speak of.
 */
export function fitsScales(figure: Figure, other: Figure): boolean | undefined {
  if (figure.kind !== other.kind) return false;
  if (figure.kind === "sentence") return figure.value && true; // shades and weights go from 0 to 1
  if (figure.kind === "arcs") return true;
  if (!("rows" in figure) || !("rows" in other)) return false;
  if (figure.log !== other.log) return false;
  const numbers = measuredNumbers(other);
  return endsOf(figure, numbers) === endsOf(figure, [...numbers, ...measuredNumbers(figure)]);
}

/** Where a scale of these numbers begins and ends. */
function endsOf({ kind, log }: Chart, numbers: readonly number[]): string {
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  if (kind !== "heatmap") {
    return `${quantity(numbers, { log, fromZero: kind === "bars" && !log }).scale.domain}`;
  }
  return sizes.length === 0 ? "nothing" : `${extent(log ? sizes : [0, ...sizes])}`;
}
