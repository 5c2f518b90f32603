import { distinctNumbers, extent } from "../numbers.ts";
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
  const [least, greatest] = extent(values.map(Math.abs).filter((size) => size > 0));
  const part = (size: number) => log ? share(size, least, greatest) : size / greatest;
  const opacity = (value: number) =>
    value === 0 ? 0 : FAINTEST + (1 - FAINTEST) * part(Math.abs(value));
  const colour = (value: number) => value < 0 ? "var(--c2)" : "var(--c1)";
  const shown = shownOf(values, log);
  const labels = distinctNumbers(shown);
  const keys = shown.map((value, i) => ({
    label: labels[i],
    colour: colour(value),
    opacity: opacity(value),
  }));
  const none = values.includes(0) ? [{ label: "empty: exactly 0" }] : [];
  return { colour, opacity, keys: [...keys, ...none] };
}

/** How far along from least to greatest, by powers; the quotients themselves may overflow. */
function share(size: number, least: number, greatest: number): number {
  const from = Math.log(least);
  return least === greatest ? 1 : (Math.log(size) - from) / (Math.log(greatest) - from);
}

/** The values that the legend shows, from the least to the greatest. */
function shownOf(values: readonly number[], log: boolean): number[] {
  const below = values.filter((value) => value < 0).map(Math.abs);
  const above = values.filter((value) => value > 0);
  const count = below.length > 0 && above.length > 0 ? STOPS / 2 : STOPS;
  const negative = stops(below, count, log).map((size) => -size);
  return [...negative.reverse(), ...stops(above, count, log)];
}

/** Sizes from the least to the greatest in even steps; those between are rounded. */
function stops(sizes: readonly number[], count: number, log: boolean): number[] {
  if (sizes.length === 0) return [];
  const [least, greatest] = extent(sizes);
  const [from, to] = log ? [Math.log(least), Math.log(greatest)] : [least, greatest];
  const between = Array.from({ length: count - 2 }, (_, i) => {
    const at = from + (to - from) * (i + 1) / (count - 1);
    return Number((log ? Math.exp(at) : at).toPrecision(2));
  }).filter((size) => least < size && size < greatest);
  return [...new Set([least, ...between, greatest])];
}

/** The colour of letters on a shade of this opacity. */
export function inkOn(opacity: number): string {
  return opacity > 0.68 ? "var(--paper)" : "var(--ink)";
}
