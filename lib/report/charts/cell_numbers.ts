import { compactNumber } from "../numbers.ts";

/** Digits of the largest number that cells show, the others having as many decimals. */
const DIGITS = 3;

/**
 * Numbers as the cells of a heatmap print them: all with as many decimals as tell the largest well, so
 * that 0.98 is not printed as 1; an exact zero is "0", and no other is. By powers, two digits each.
 */
export function cellNumbers(values: readonly number[], log = false): (value: number) => string {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const digits = DIGITS - 1 - Math.floor(Math.log10(greatest));
  const whole = values.every(Number.isInteger);
  if (log || digits > 5 || digits < -2) return (value) => compactNumber(twoDigits(value));
  return (value) => {
    if (value === 0 || whole) return String(value);
    return value.toFixed(Math.max(0, digits)).replace(/^-(?=[0.]+$)/, "");
  };
}

/** Rounded to two digits, unless that is more than a double holds. */
function twoDigits(value: number): number {
  const rounded = Number(value.toPrecision(2));
  return Number.isFinite(rounded) ? rounded : value;
}
