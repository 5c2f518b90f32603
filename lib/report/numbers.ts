/**
 * A number as tables and axes show it: four significant digits, with an exponent where the plain
 * form would be long. `answers.json` has every digit.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return String(value);
  if (size < 1e-3 || size >= 1e7) {
    return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  return String(Number(value.toPrecision(4)));
}

/** The least and the greatest of several numbers, or the one value they all have. */
export function formatRange(values: readonly number[]): string {
  const [least, greatest] = extent(values);
  return least === greatest
    ? formatNumber(least)
    : `${formatNumber(least)} to ${formatNumber(greatest)}`;
}

/** The least and the greatest; a loop, since spreading a long array overflows the stack. */
export function extent(values: readonly number[]): [least: number, greatest: number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

/** "1 claim", "3 claims". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
