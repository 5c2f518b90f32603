/** How a measured number is written. */
export interface NumberFormat {
  /** Decimals. Without it: whole numbers as they are, others with three significant digits. */
  readonly digits?: number;
  /** Written after the number, such as "nats". */
  readonly unit?: string;
  /** Writes a share as percent: 0.25 as "25%". */
  readonly percent?: boolean;
}

/** Which way digits that are left out take the last one: a bound must stay a bound. */
export type Rounding = "nearest" | "up" | "down";

const MODES = { nearest: "halfExpand", up: "ceil", down: "floor" } as const;

/**
 * A number as the report writes it: thousands are grouped, and one that the asked-for decimals
 * would turn into zero is written like 3.1e-7, so that "0" means that it was exactly zero.
 */
export function formatNumber(
  value: number,
  format: NumberFormat = {},
  rounding: Rounding = "nearest",
): string {
  const { unit, percent = false, digits } = format;
  // What 64 bits leave of 0.29 * 100, far behind all that is written, must not take a digit along.
  const exact = Number((percent ? value * 100 : value).toPrecision(12));
  const number = written(exact, digits, rounding);
  return `${number}${percent ? "%" : ""}${unit === undefined ? "" : ` ${unit}`}`;
}

function written(value: number, digits: number | undefined, rounding: Rounding): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const format = (options: Intl.NumberFormatOptions) =>
    value.toLocaleString("en-US", { roundingMode: MODES[rounding], ...options });
  const text = format(decimals(size, digits));
  const vanishes = size < (digits === undefined ? 1e-3 : 0.5 * 10 ** -digits);
  if (!vanishes && /[1-9]/.test(text)) return text;
  return format({ notation: "scientific", ...decimals(size, 1) }).replace("E", "e");
}

/** How many digits are written: those asked for, or three that tell something. */
function decimals(size: number, digits?: number): Intl.NumberFormatOptions {
  if (digits !== undefined) {
    return { minimumFractionDigits: digits, maximumFractionDigits: digits };
  }
  if (Number.isInteger(size)) return { maximumFractionDigits: 0 };
  return { maximumSignificantDigits: size < 1000 ? 3 : String(Math.trunc(size)).length };
}
