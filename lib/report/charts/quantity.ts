import type { ScaleOptions } from "@observablehq/plot";
import { exactNumber, extent } from "../numbers.ts";
import { ticksFrom } from "./ticks.ts";

/** An axis of numbers: where a value goes, and the scale that it goes on. */
export interface Quantity {
  /** The number to hand to Plot for a value: itself, its power of ten, or as near as doubles allow. */
  readonly place: (value: number) => number;
  /** For Plot's `x` or `y`. */
  readonly scale: ScaleOptions;
  /** The labels on the axis, to leave room for. */
  readonly labels: readonly string[];
  /** Where a bar starts, in Plot's numbers. */
  readonly base: number;
}

/** How many steps a measured axis has, about, unless its room is small. */
const STEPS = 6;

/** How a measured axis is asked for. */
interface Asked {
  readonly log?: boolean;
  /** Bars want it. */
  readonly fromZero?: boolean;
  /** About how many steps there is room for. */
  readonly steps?: number;
}

/** A measured axis, which ends on round numbers. */
export function quantity(
  values: readonly number[],
  { log = false, fromZero = false, steps = STEPS }: Asked,
): Quantity {
  const positive = values.filter((value) => value > 0);
  if (log && positive.length > 0) {
    return powers(extent(positive), positive.length < values.length, steps);
  }
  let [least, greatest] = extent(fromZero ? [0, ...values] : values);
  if (least === greatest) [least, greatest] = least === 0 ? [0, 1] : extent([0, least]);
  const ticks = ticksFrom(least, greatest, steps);
  const ends = extent([least, greatest, ...ticks]);
  return linear(ends, ticks, { grid: true });
}

/** An axis that ends where its values do; a few whole ones all have their labels. */
export function snug(values: readonly number[], steps: number): Quantity {
  const [least, greatest] = extent(values);
  const different = [...new Set(values)];
  const few = different.length === 1 ||
    different.length <= 12 && different.every((value) => Number.isInteger(value));
  const ticks = few
    ? apart(different, (greatest - least) / (2 * steps))
    : ticksFrom(least, greatest, steps);
  const inside = ticks.filter((tick) => least <= tick && tick <= greatest);
  return linear([least, greatest], inside, {});
}

/** Of these values, from the least on, those that are so far from the one before. */
function apart(values: readonly number[], distance: number): number[] {
  const kept: number[] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    if (kept.length === 0 || value - kept[kept.length - 1] >= distance) kept.push(value);
  }
  return kept;
}

function linear(
  [least, greatest]: readonly [number, number],
  ticks: readonly number[],
  options: ScaleOptions,
): Quantity {
  // The difference of the ends must be a number.
  const shrink = Number.isFinite(greatest - least) ? 1 : 4;
  const place = (value: number) => value / shrink;
  return {
    place,
    scale: {
      type: "linear",
      domain: [place(least), place(greatest)],
      ticks: ticks.map(place),
      tickFormat: (tick: number) => exactNumber(tick * shrink),
      ...options,
    },
    labels: ticks.map(exactNumber),
    base: 0,
  };
}

/** Powers of ten; zero, which has no place on such an axis, gets a mark of its own at its foot. */
function powers(
  [least, greatest]: readonly [number, number],
  hasZero: boolean,
  steps: number,
): Quantity {
  const low = Math.floor(Math.log10(least));
  // What is a hair above a power, as sums of single precision are, needs no other one.
  const high = Math.max(Math.ceil(Math.log10(greatest) - 1e-6), low + 1);
  const stride = Math.ceil((high - low) / steps);
  const foot = low - stride;
  const ticks = range(low, high, stride);
  if (hasZero) ticks.unshift(foot);
  if (high > ticks[ticks.length - 1]) ticks.push(high);
  const label = (power: number) => power === foot ? "0" : powerOfTen(power);
  return {
    place: (value) => value > 0 ? Math.log10(value) : foot,
    scale: { type: "linear", domain: [ticks[0], high], ticks, tickFormat: label, grid: true },
    labels: ticks.map(label),
    base: ticks[0],
  };
}

/** As {@linkcode exactNumber} writes it, also where no double is that large or that small. */
function powerOfTen(power: number): string {
  return power >= -3 && power < 7 ? String(Number(`1e${power}`)) : `1e${power}`;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}
