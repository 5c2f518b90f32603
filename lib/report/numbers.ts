import { max, min } from "../tensor/statistics.ts";

/**
 * A number as tables show it: four significant digits, with an exponent where the plain form would
 * be long. `answers.json` has every digit.
 */
export function compactNumber(value: number): string {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(4));
  return written(value, String(rounded), value.toExponential(2).replace(/\.?0+e/, "e"));
}

/** A number with as many digits as tell it apart from every other, in the same form. */
export function exactNumber(value: number): string {
  return written(value, String(value), value.toExponential());
}

function written(value: number, plain: string, exponential: string): string {
  const size = Math.abs(value);
  return size === 0 || size >= 1e-3 && size < 1e7 ? plain : exponential.replace("e+", "e");
}

/** Several numbers, compact unless two that differ would read the same. */
export function distinctNumbers(values: readonly number[]): string[] {
  const compact = values.map(compactNumber);
  return new Set(compact).size === new Set(values).size ? compact : values.map(exactNumber);
}

/** The least and the greatest of several numbers, or the one value they all have. */
export function compactRange(values: readonly number[]): string {
  const [least, greatest] = extent(values);
  return least === greatest
    ? compactNumber(least)
    : `${compactNumber(least)} to ${compactNumber(greatest)}`;
}

/** The least and the greatest. */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  return [min(values), max(values)];
}

/** "1 claim", "3 claims". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
