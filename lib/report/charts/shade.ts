import { extent, formatNumber } from "../numbers.ts";
import type { Key } from "./series.ts";

/** How a heatmap's value becomes a colour. */
export interface Shade {
  /** Blue for positive values, orange for negative. */
  readonly colour: (value: number) => string;
  /** 0 for exactly zero, else from faint to full. */
  readonly opacity: (value: number) => number;
  /** What the colours mean. */
  readonly keys: readonly Key[];
}

/** The opacity of the smallest value that is not zero: to be told from zero at a glance. */
const FAINTEST = 0.12;

/** Shades for these values; where `log`, by the logarithm of their size. */
export function shade(values: readonly number[], log = false): Shade {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const [least, greatest] = extent(sizes);
  const part = (size: number) => log ? share(size, least, greatest) : size / greatest;
  const opacity = (value: number) =>
    value === 0 ? 0 : FAINTEST + (1 - FAINTEST) * part(Math.abs(value));
  const colour = (value: number) => value < 0 ? "var(--c2)" : "var(--c1)";
  return { colour, opacity, keys: keysOf(values, colour, opacity) };
}

/** How far along from least to greatest, by powers. */
function share(size: number, least: number, greatest: number): number {
  return least === greatest ? 1 : Math.log(size / least) / Math.log(greatest / least);
}

function keysOf(
  values: readonly number[],
  colour: (value: number) => string,
  opacity: (value: number) => number,
): Key[] {
  const nonzero = values.filter((value) => value !== 0);
  const ends = [...new Set(extent(nonzero))].filter(Number.isFinite);
  return [
    ...ends.map((end) => ({
      label: formatNumber(end),
      colour: colour(end),
      opacity: opacity(end),
    })),
    ...(nonzero.length < values.length ? [{ label: "empty: exactly 0" }] : []),
  ];
}
