/**
 * exp, log, sin, cos and atan2, each the double that is nearest to the true value.
 *
 * Every engine rounds these in its own way; rounded correctly they are the same everywhere. A
 * multiple of ln 2 or of π/2 is taken off the argument, Taylor's series does the rest, and all of
 * it is worked out to about 2^-100 of the value and then rounded once. That goes wrong where a
 * value is closer than that to the middle between two doubles, as about one in 2^47 is: the cosine
 * of 2.4134578256812347, searched out for being so close, is off by a last place.
 */
import {
  type DoubleDouble,
  lessMultiple,
  plus,
  product,
  roundedSum,
  series,
  times,
} from "./double_double.ts";

/** The engine's own, for what needs no rounding, such as infinity, and for a first guess. */
const own = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  atan2: Math.atan2,
};

/** A number from its hexadecimal digits, in words of 32 bits behind the point. */
const inWords = (...words: number[]) => words.map((word, i) => word / 2 ** (32 * (i + 1)));
const LN_2 = inWords(0xb17217f7, 0xd1cf79ab, 0xc9e3b398, 0x03f2f6af, 0x40f34326);
// deno-fmt-ignore
const HALF_PI = inWords(
  0x1_921fb544, 0x42d18469, 0x898cc517, 0x01b839a2, 0x52049c11, 0x14cf98e8, 0x04177d4c,
);

/** 1 / n! for n up to 28. */
const INVERSE_FACTORIALS = Array.from({ length: 29 }, (_, n) => inverse(factorial(n)));

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function inverse(x: number): DoubleDouble {
  const high = 1 / x;
  const one = product(high, x);
  return { high, low: (1 - one.high - one.low) / x };
}

/** (e^x - 1) / x, as a series in x up to ln 2 / 512. */
const EXP = INVERSE_FACTORIALS.slice(1, 11);
/** cos x and sin x / x, as series in x² for x up to π/4. */
const [COS, SIN] = [0, 1].map((first) =>
  INVERSE_FACTORIALS
    .filter((_, n) => n % 2 === first)
    .map(({ high, low }, i) => i % 2 === 0 ? { high, low } : { high: -high, low: -low })
);

const ONE: DoubleDouble = { high: 1, low: 0 };
const MINUS_ONE: DoubleDouble = { high: -1, low: 0 };

/** So many steps are a factor of two. */
const STEPS = 256;
const STEP = LN_2.map((word) => word / STEPS);
/** The powers of two from -1/2 to 1/2, in steps. */
const POWERS = Array.from(
  { length: STEPS + 1 },
  (_, i) => series(INVERSE_FACTORIALS, lessMultiple(0, STEPS / 2 - i, STEP)),
);

/** e^x, rounded correctly. */
export function exp(x: number): number {
  if (!(Math.abs(x) < 746)) return own.exp(x); // infinity, 0 or NaN
  const n = nearestStep(x);
  const k = Math.round(n / STEPS);
  const y = scaled(quickExp(x, n, k) ?? roundedSum(1, expLess1(x, n, k)), k);
  if (y >= 2 ** -1022) return y;
  // Subnormal results have fewer digits: added to this, only those are left.
  const coarse = 2 ** (-1022 - k);
  return scaled(roundedSum(coarse, plus(ONE, expLess1(x, n, k))) - coarse, k);
}

function nearestStep(x: number): number {
  return Math.round(x * STEPS / Math.LN2);
}

/**
 * e^x / 2^k in plain arithmetic, off by less than 2^-60; undefined where that leaves open how it is
 * rounded, which is one time in a hundred (Ziv, 1991).
 */
function quickExp(x: number, n: number, k: number): number | undefined {
  const { high, low } = POWERS[n - k * STEPS + STEPS / 2];
  const r = x - n * STEP[0] - n * (STEP[1] + STEP[2]);
  const less1 = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r / 120)));
  const rest = low + high * less1;
  const least = high + (rest - 2 ** -60);
  return least === high + (rest + 2 ** -60) ? least : undefined;
}

/** e^x / 2^k - 1, for x some n steps from 0: to 2^-100 of itself where it is next to nothing. */
function expLess1(x: number, n: number, k = 0): DoubleDouble {
  const power = POWERS[n - k * STEPS + STEPS / 2];
  const r = lessMultiple(x, n, STEP);
  return plus(plus(power, MINUS_ONE), times(power, times(r, series(EXP, r))));
}

/** x 2^k; the power alone may be too large for a double, or too small. */
function scaled(x: number, k: number): number {
  const half = k >> 1;
  return x * 2 ** half * 2 ** (k - half);
}

/** The natural logarithm, rounded correctly: a guess, and a step of Newton's from there. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return own.log(x);
  const k = Math.round(own.log(x) / Math.LN2);
  const m = scaled(x, -k); // about 1/√2 to √2, so that next to 1 nothing is taken off
  const guess = own.log(m);
  const inverse = expLess1(-guess, nearestStep(-guess)); // 1 / m - 1, nearly
  const less1 = { high: m - 1, low: 0 };
  const off = plus(plus(less1, inverse), times(less1, inverse)); // m e^-guess - 1
  const step = plus(off, { high: -off.high * off.high / 2, low: 0 });
  return plus(lessMultiple(guess, -k, LN_2), step).high;
}

/** The sine, rounded correctly for |x| up to 2^20; beyond that the engine's own. */
export function sin(x: number): number {
  return Math.abs(x) < 2 ** -26 ? x : turned(x, 0)?.high ?? own.sin(x);
}

/** The cosine, rounded correctly for |x| up to 2^20; beyond that the engine's own. */
export function cos(x: number): number {
  return turned(x, 1)?.high ?? own.cos(x);
}

/** The sine of x and some quarters of a turn. */
function turned(x: number, quarters: number): DoubleDouble | undefined {
  if (!(Math.abs(x) <= 2 ** 20)) return undefined;
  const n = Math.round(x / (Math.PI / 2));
  const r = lessMultiple(x, n, HALF_PI);
  const square = times(r, r);
  const place = n + quarters & 3;
  const value = place & 1 ? series(COS, square) : times(r, series(SIN, square));
  return place & 2 ? times(value, MINUS_ONE) : value;
}

/**
 * The angle of a point, rounded correctly: a guess, and how far the point lies beside its ray. For
 * coordinates of less than 2^-400 or more than 2^400 it is the engine's own.
 */
export function atan2(y: number, x: number): number {
  const guess = own.atan2(y, x);
  const [sine, cosine] = [turned(guess, 0), turned(guess, 1)];
  if (!(sine && cosine && isMiddling(y) && isMiddling(x))) return guess;
  const beside = plus(
    times({ high: y, low: 0 }, cosine),
    times({ high: -x, low: 0 }, sine),
  );
  return guess + beside.high / (x * cosine.high + y * sine.high);
}

function isMiddling(x: number): boolean {
  return Math.abs(x) > 2 ** -400 && Math.abs(x) < 2 ** 400;
}
