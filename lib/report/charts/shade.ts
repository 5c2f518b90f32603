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
const FAINTEST = 0.3;

/** How many values the legend shows, at most. */
const STOPS = 4;

/** Shades for these values; where `log`, by the logarithm of their size. */
export function shade(values: readonly number[], log = false): Shade {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const [least, greatest] = extent(sizes);
  const part = (size: number) => log ? share(size, least, greatest) : size / greatest;
  const opacity = (value: number) =>
    value === 0 ? 0 : FAINTEST + (1 - FAINTEST) * part(Math.abs(value));
  const colour = (value: number) => value < 0 ? "var(--c2)" : "var(--c1)";
  return { colour, opacity, keys: keysOf(values, log, colour, opacity) };
}

/** How far along from least to greatest, by powers. */
function share(size: number, least: number, greatest: number): number {
  return least === greatest ? 1 : Math.log(size / least) / Math.log(greatest / least);
}

function keysOf(
  values: readonly number[],
  log: boolean,
  colour: (value: number) => string,
  opacity: (value: number) => number,
): Key[] {
  const below = values.filter((value) => value < 0).map(Math.abs);
  const above = values.filter((value) => value > 0);
  const count = below.length > 0 && above.length > 0 ? STOPS / 2 : STOPS;
  const shown = [
    ...stops(below, count, log).map((size) => -size).reverse(),
    ...stops(above, count, log),
  ];
  return [
    ...shown.map((value) => ({
      label: formatNumber(value),
      colour: colour(value),
      opacity: opacity(value),
    })),
    ...(values.includes(0) ? [{ label: "empty: exactly 0" }] : []),
  ];
}

/** Sizes from the least to the greatest in even steps; those between are rounded. */
function stops(sizes: readonly number[], count: number, log: boolean): number[] {
  if (sizes.length === 0) return [];
  const [least, greatest] = extent(sizes);
  const between = Array.from({ length: count - 2 }, (_, i) => {
    const part = (i + 1) / (count - 1);
    const size = log ? least * (greatest / least) ** part : least + (greatest - least) * part;
    return Number(size.toPrecision(2));
  }).filter((size) => least < size && size < greatest);
  return [...new Set([least, ...between, greatest])];
}
