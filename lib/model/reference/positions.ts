import type { Vector } from "./maths.ts";

/**
 * The sinusoidal code of a position (Vaswani et al., 2017, section 3.5): coordinate 2i is the sine
 * and coordinate 2i + 1 the cosine of position / base^(2i / d_model).
 */
export function sinusoidal(position: number, d_model: number, base: number): Vector {
  const code = new Float64Array(d_model);
  for (let i = 0; 2 * i < d_model; i++) {
    const angle = position / base ** (2 * i / d_model);
    code[2 * i] = Math.sin(angle);
    code[2 * i + 1] = Math.cos(angle);
  }
  return code;
}

/**
 * A query or key turned by its position (Su et al., 2021, arXiv:2104.09864): coordinates i and
 * i + d_head / 2 are the legs of a right angle, turned by position / base^(2i / d_head).
 */
export function rotary(x: Vector, position: number, base: number): Vector {
  const half = x.length / 2;
  const turned = new Float64Array(x.length);
  for (let i = 0; i < half; i++) {
    const angle = position / base ** (i / half);
    const [a, b] = [x[i], x[i + half]];
    turned[i] = a * Math.cos(angle) - b * Math.sin(angle);
    turned[i + half] = a * Math.sin(angle) + b * Math.cos(angle);
  }
  return turned;
}

/**
 * How much a head's score falls with each step of distance (Press et al., 2021,
 * arXiv:2108.12409): 2^(-8/n), 2^(-16/n), ... for n heads where n is a power of two. For other
 * numbers of heads, those of the next smaller power of two, then the odd ones of the next larger.
 */
export function alibiSlope(head: number, n_heads: number): number {
  let n = 1;
  while (2 * n <= n_heads) n *= 2;
  return head < n ? 2 ** (-8 * (head + 1) / n) : 2 ** (-4 * (2 * (head - n) + 1) / n);
}
