import type { Config } from "../config.ts";
import type { PositionScaling } from "../position_scaling.ts";
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
 * A query or key turned by its position (Su et al., 2021, arXiv:2104.09864): two coordinates, which
 * are neighbours or half of a head apart, are the legs of a right angle, turned by
 * position / base^(2i / d_head), or less where the config scales that.
 */
export function rotary(x: Vector, pos: number, config: Config): Vector {
  const { position_step, position_base, position_scaling, rotary_adjacent_pairs } = config;
  const half = x.length / 2;
  const turned = new Float64Array(x.length);
  for (let i = 0; i < half; i++) {
    const wave = position_base ** (i / half);
    const angle = pos * position_step / slowed(wave, i, x.length, position_base, position_scaling);
    const [j, k] = rotary_adjacent_pairs ? [2 * i, 2 * i + 1] : [i, i + half];
    turned[j] = x[j] * Math.cos(angle) - x[k] * Math.sin(angle);
    turned[k] = x[j] * Math.sin(angle) + x[k] * Math.cos(angle);
  }
  const longer = position_scaling?.type === "yarn" ? position_scaling.attention_factor : 1;
  return turned.map((value) => value * longer);
}

/**
 * How many positions a radian of pair i takes, as Hugging Face's `modeling_rope_utils` has it. Its
 * inverse is a mean of what it was and that divided by `factor`, weighted by how slow it is.
 */
function slowed(
  wave: number,
  i: number,
  d_head: number,
  base: number,
  scaling: PositionScaling | null,
): number {
  if (!scaling) return wave;
  const { factor, original_n_ctx } = scaling;
  const mix = (slow: number) => 1 / ((1 - slow) / wave + slow / (factor * wave));
  if (scaling.type === "llama3") {
    const { low_freq_factor, high_freq_factor } = scaling;
    const wavelength = 2 * Math.PI * wave;
    if (wavelength < original_n_ctx / high_freq_factor) return wave;
    if (wavelength > original_n_ctx / low_freq_factor) return wave * factor;
    const apart = high_freq_factor - low_freq_factor;
    return mix(1 - (original_n_ctx / wavelength - low_freq_factor) / apart);
  }
  const at = (turns: number) =>
    d_head * Math.log(original_n_ctx / (2 * Math.PI * turns)) / (2 * Math.log(base));
  const low = Math.max(0, Math.floor(at(scaling.beta_fast)));
  const high = Math.min(d_head - 1, Math.ceil(at(scaling.beta_slow)));
  const width = high === low ? 0.001 : high - low;
  return mix(Math.max(0, Math.min(1, (i - low) / width)));
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
