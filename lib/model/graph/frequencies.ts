/** How fast rotary and sinusoidal positions turn, and how that is slowed for longer texts. */
import { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import type { Llama3Scaling, YarnScaling } from "../position_scaling.ts";

/** How fast each pair of coordinates turns, in radians for each position: [width / 2]. */
export function frequencies(
  { position_base, position_scaling: scaling }: Config,
  width: number,
): Tensor {
  const pairs = Array.from({ length: width / 2 }, (_, i) => position_base ** (-2 * i / width));
  if (!scaling) return Tensor.from(pairs);
  const kept = scaling.type === "llama3"
    ? pairs.map((frequency) => llama3Share(scaling, frequency))
    : pairs.map((_, i) => yarnShare(scaling, i, width, position_base));
  return Tensor.from(pairs.map((frequency, i) => {
    return frequency * (kept[i] + (1 - kept[i]) / scaling.factor);
  }));
}

/** How much of a frequency stays as it was, by its turns in the window of before: 0 to 1. */
function llama3Share(scaling: Llama3Scaling, frequency: number): number {
  const { low_freq_factor, high_freq_factor, original_n_ctx } = scaling;
  const turns = original_n_ctx * frequency / (2 * Math.PI);
  return clamp((turns - low_freq_factor) / (high_freq_factor - low_freq_factor));
}

/** The same where the pair, not its frequency, is what is between fast and slow. */
function yarnShare(scaling: YarnScaling, pair: number, width: number, base: number): number {
  const { beta_fast, beta_slow, original_n_ctx } = scaling;
  const pairOf = (turns: number) =>
    width * Math.log(original_n_ctx / (turns * 2 * Math.PI)) / (2 * Math.log(base));
  const first = Math.max(Math.floor(pairOf(beta_fast)), 0);
  const last = Math.min(Math.ceil(pairOf(beta_slow)), width - 1);
  return 1 - clamp((pair - first) / (last === first ? 0.001 : last - first)); // as published
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
