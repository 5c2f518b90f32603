/** How a measured number is written. */
export interface NumberFormat {
  /** Decimals. Without it: whole numbers as they are, others with three significant digits. */
  readonly digits?: number;
  /** Written after the number, such as "nats". */
  readonly unit?: string;
  /** Writes a share as percent: 0.25 as "25%". */
  readonly percent?: boolean;
}

/**
 * A number as the report writes it: thousands are grouped, and one that the asked-for decimals
 * would turn into zero is written like 3.1e-7, so that "0" means that it was exactly zero.
 */
export function formatNumber(value: number, format: NumberFormat = {}): string {
  const { unit, percent = false } = format;
  const number = digitsOf(percent ? value * 100 : value, format.digits);
  return `${number}${percent ? "%" : ""}${unit === undefined ? "" : ` ${unit}`}`;
}

function digitsOf(value: number, digits?: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < (digits === undefined ? 1e-3 : 0.5 * 10 ** -digits)) return value.toExponential(1);
  const grouped = (options: Intl.NumberFormatOptions) => value.toLocaleString("en-US", options);
  if (digits !== undefined) {
    return grouped({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  }
  if (Number.isInteger(value)) return grouped({ maximumFractionDigits: 0 });
  return grouped({ maximumSignificantDigits: size < 1000 ? 3 : String(Math.trunc(size)).length });
}
