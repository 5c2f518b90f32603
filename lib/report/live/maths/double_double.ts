/**
 * Numbers as the sum of two doubles, good for about 104 bits (Dekker, "A floating-point technique
 * for extending the available precision", 1971). Sums, differences and products of doubles are all
 * that it takes, and these are the same bits wherever JavaScript runs.
 */
export interface DoubleDouble {
  readonly high: number;
  /** What the rounding of `high` left: half of its last place at most. */
  readonly low: number;
}

/** A sum, and what its rounding left: exact (Knuth, 1969). */
function sum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const ofB = high - a;
  return { high, low: (a - (high - ofB)) + (b - ofB) };
}

/** A product, and what its rounding left: exact, from halves whose products are. */
export function product(a: number, b: number): DoubleDouble {
  const [upperA, upperB] = [upperHalf(a), upperHalf(b)];
  const [lowerA, lowerB] = [a - upperA, b - upperB];
  const high = a * b;
  const left = (upperA * upperB - high) + upperA * lowerB + lowerA * upperB;
  return { high, low: left + lowerA * lowerB };
}

/** The upper 26 of 53 bits (Veltkamp, 1968). */
function upperHalf(a: number): number {
  const shifted = a * (2 ** 27 + 1);
  return shifted - (shifted - a);
}

export function plus(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const highs = sum(a.high, b.high);
  const lows = sum(a.low, b.low);
  const most = sum(highs.high, highs.low + lows.high);
  return sum(most.high, most.low + lows.low);
}

export function times(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { high, low } = product(a.high, b.high);
  return sum(high, low + (a.high * b.low + a.low * b.high));
}

/** A double and a smaller number, added up and rounded once, to even where that is a tie. */
export function roundedSum(a: number, b: DoubleDouble): number {
  const { high, low } = sum(a, b.high);
  const rest = sum(low, b.low);
  // What is left decides a tie of these two: so it makes the smaller one larger, or smaller.
  return high + rest.high * (1 + Math.sign(rest.high * rest.low) * 2 ** -52);
}

/** coefficients[0] + coefficients[1] x + coefficients[2] x² + ... (Horner). */
export function series(coefficients: readonly DoubleDouble[], x: DoubleDouble): DoubleDouble {
  return coefficients.reduceRight((total, next) => plus(times(total, x), next), ZERO);
}

const ZERO: DoubleDouble = { high: 0, low: 0 };

/**
 * x - n c, where c is the sum of words of 32 bits: the product of n with each is exact if n has 20
 * bits at most (Cody and Waite, 1980).
 */
export function lessMultiple(x: number, n: number, words: readonly number[]): DoubleDouble {
  return words.reduce<DoubleDouble>(
    (rest, word) => plus(rest, { high: -n * word, low: 0 }),
    { high: x, low: 0 },
  );
}
