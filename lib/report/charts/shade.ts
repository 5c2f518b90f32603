import { distinctNumbers, extent } from "../numbers.ts";
import type { Key } from "./keys.ts";
import { ticksFrom } from "./ticks.ts";

/** How a heatmap's value becomes a colour. */
export interface Shade {
  /** Blue for positive values, orange for negative. */
  readonly colour: (value: number) => string;
  /** From 0, the paper's colour, to full for the largest size. */
  readonly opacity: (value: number) => number;
  /** What the colours mean. */
  readonly keys: readonly Key[];
}

/** How many values of either sign the legend shows, about. */
const STOPS = 4;

/** The least part of the scale that is told from the paper. */
const SEEN = 0.04;

/** Shades for these values by their size; where `log`, by its logarithm, from the smallest on. */
export function shade(values: readonly number[], log = false): Shade {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const [least, greatest] = extent(sizes.length > 0 ? sizes : [1]);
  const opacity = (value: number) => {
    if (value === 0) return 0;
    const size = Math.abs(value);
    return log ? share(size, least, greatest) : size / greatest;
  };
  const colour = (value: number) => value < 0 ? "var(--c2)" : "var(--c1)";
  const shown = shownOf(values, log);
  const labels = distinctNumbers(shown);
  const keys = shown.map((value, i) => ({
    label: labels[i],
    colour: colour(value),
    opacity: opacity(value),
  }));
  return { colour, opacity, keys };
}

/** How far along from least to greatest, by powers; the quotients themselves may overflow. */
function share(size: number, least: number, greatest: number): number {
  const from = Math.log(least);
  return least === greatest ? 1 : (Math.log(size) - from) / (Math.log(greatest) - from);
}

/** The values that the legend shows, from the least to the greatest: as far as each sign goes. */
function shownOf(values: readonly number[], log: boolean): number[] {
  const sizes = values.filter((value) => value !== 0).map(Math.abs);
  if (sizes.length === 0) return [];
  const round = stops(extent(sizes), log);
  const [lowest, highest] = extent(values);
  const [below, above] = [-lowest, highest].map((end) => upTo(end, round));
  return [...below.map((size) => -size).reverse(), ...above];
}

/** Those of a sign: where it goes less far than any, its end, if that can be seen. */
function upTo(end: number, round: readonly number[]): number[] {
  const within = round.filter((size) => size <= end);
  const seen = end > SEEN * round[round.length - 1];
  return within.length > 0 || !seen ? within : [Number(end.toPrecision(1))];
}

/** Round sizes up to the greatest, or that one itself where none is as small. */
function stops([least, greatest]: readonly [number, number], log: boolean): number[] {
  const powers = log ? powersBetween(least, greatest) : [];
  const round = powers.length > 1 ? powers : ticksFrom(log ? least : 0, greatest, STOPS);
  const within = round.filter((size) => 0 < size && size <= greatest && (!log || size >= least));
  return within.length > 0 ? within : [greatest];
}

/** Powers of ten, evenly apart. */
function powersBetween(least: number, greatest: number): number[] {
  const [low, high] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(greatest))];
  const stride = Math.max(1, Math.ceil((high - low) / (STOPS - 1)));
  const count = Math.max(0, Math.floor((high - low) / stride) + 1);
  return Array.from({ length: count }, (_, i) => Number(`1e${high - i * stride}`)).reverse();
}

/** The colour of letters on a shade of this opacity. */
export function inkOn(opacity: number): string {
  return opacity > 0.68 ? "var(--paper)" : "var(--ink)";
}
