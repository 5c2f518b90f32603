import type { ScaleOptions } from "@observablehq/plot";
import { extent, formatNumber } from "../numbers.ts";

/** A measured axis: where a value goes, and the scale that it goes on. */
export interface Quantity {
  /** The value to hand to Plot: itself, except for a zero on a logarithmic axis. */
  readonly place: (value: number) => number;
  /** For Plot's `x` or `y`. */
  readonly scale: ScaleOptions;
  /** The labels on the axis, to leave room for. */
  readonly labels: readonly string[];
  /** Where a bar starts. */
  readonly base: number;
}

/** How many steps a linear axis has, about. */
const STEPS = 6;

/** An axis that shows all values; bars want `fromZero`. */
export function quantity(
  values: readonly number[],
  { log = false, fromZero = false }: { log?: boolean; fromZero?: boolean },
): Quantity {
  const positive = values.filter((value) => value > 0);
  return log && positive.length > 0 ? powers(values, positive) : linear(values, fromZero);
}

function linear(values: readonly number[], fromZero: boolean): Quantity {
  let [least, greatest] = extent(fromZero ? [0, ...values] : values);
  if (least === greatest) {
    [least, greatest] = [Math.min(least, 0), greatest > 0 ? greatest : least + 1];
  }
  const step = niceStep((greatest - least) / STEPS);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.ceil(greatest / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step));
  return {
    place: (value) => value,
    scale: axis("linear", ticks, formatNumber),
    labels: ticks.map(formatNumber),
    base: 0,
  };
}

/** Powers of ten; zero, which has no place on such an axis, gets a mark of its own at its foot. */
function powers(values: readonly number[], positive: readonly number[]): Quantity {
  const [least, greatest] = extent(positive);
  const low = Math.floor(Math.log10(least));
  const high = Math.max(Math.ceil(Math.log10(greatest)), low + 1);
  const stride = Math.ceil((high - low) / STEPS);
  const foot = 10 ** (low - stride);
  const below = extent(values)[0];
  const ticks = range(low, high, stride).map((power) => 10 ** power);
  if (below <= 0) ticks.unshift(foot);
  if (10 ** high > ticks[ticks.length - 1]) ticks.push(10 ** high);
  const format = (tick: number) => tick === foot ? (below < 0 ? "≤ 0" : "0") : formatNumber(tick);
  return {
    place: (value) => value > 0 ? value : foot,
    scale: axis("log", ticks, format),
    labels: ticks.map(format),
    base: ticks[0],
  };
}

function axis(type: "linear" | "log", ticks: number[], format: (tick: number) => string) {
  const domain = [ticks[0], ticks[ticks.length - 1]];
  return { type, domain, ticks, tickFormat: format, grid: true };
}

/** 1, 2 or 5 times a power of ten, no smaller than asked. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((nice) => nice * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Without the last digits that a multiple of 0.1 picks up. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}
