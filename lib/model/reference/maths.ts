/** The few functions of numbers and vectors that a transformer is made of, in Float64. */
import { max, sum } from "../../tensor/statistics.ts";

/** A list of numbers; a matrix is one too, row after row. */
export type Vector = Float64Array;

/** a + b, coordinate by coordinate. */
export function add(a: Vector, b: Vector): Vector {
  return a.map((value, i) => value + b[i]);
}

/** x W + b, with x [n], W [n, m] and b [m]; the result is [m]. */
export function linear(x: Vector, W: Vector, b?: Vector): Vector {
  const m = W.length / x.length;
  const y = b ? b.slice() : new Float64Array(m);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < m; j++) y[j] += x[i] * W[i * m + j];
  }
  return y;
}

/** exp(x_i) / sum_j exp(x_j): positive, adding up to 1; a score of -Infinity gets exactly 0. */
export function softmax(x: Vector): Vector {
  const most = max(x); // taken off every score: changes no ratio, and nothing overflows
  const exp = x.map((value) => Math.exp(value - most));
  const total = sum(exp);
  return exp.map((value) => value / total);
}

/** log(sum_i exp(x_i)). */
export function logSumExp(x: Vector): number {
  const most = max(x);
  return most + Math.log(sum(x.map((value) => Math.exp(value - most))));
}

/** x times the share of the normal distribution that lies below x (arXiv:1606.08415). */
export function gelu(x: number): number {
  return x * (1 + erf(x / Math.SQRT2)) / 2;
}

/** GPT-2's approximation of {@linkcode gelu} by a hyperbolic tangent (same paper, section 2). */
export function geluNew(x: number): number {
  return x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))) / 2;
}

/** x times the logistic function of x, also called swish (same paper, section 2). */
export function silu(x: number): number {
  return x / (1 + Math.exp(-x));
}

/**
 * The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x, by the series
 * 2 / sqrt(pi) exp(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...) (Abramowitz and Stegun, 7.1.6). Its
 * terms have one sign, so nothing cancels: it is good to 1e-14 everywhere.
 */
export function erf(x: number): number {
  if (Math.abs(x) >= 6) return Math.sign(x); // erf(6) is 1 - 2e-17, which rounds to 1
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}
