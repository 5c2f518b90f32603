/** How each scheme tells the model where a token stands: added, turned, or taken off a score. */
import { Tensor } from "../../tensor/tensor.ts";
import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "./context.ts";
import { frequencies } from "./frequencies.ts";

/** What is added to the embedding for each position, [pos, d_model]; nothing in other schemes. */
export function addedPositions(context: BuildContext): Value | undefined {
  const { g, config, param, queryPos } = context;
  if (config.positions === "learned") return g.gather(param("pos_embed.W_pos"), queryPos);
  if (config.positions === "sinusoidal") return sinusoids(context);
  return undefined;
}

/** Sines and cosines side by side (Vaswani et al., 2017, arXiv:1706.03762, section 3.5). */
function sinusoids(context: BuildContext): Value {
  const { g, config } = context;
  const position = g.unsqueeze(scaledPositions(context), 1); // [pos, 1]
  const angle = g.mul(position, g.constant(frequencies(config, config.d_model))); // [pos, d_model / 2]
  const waves = ["Sin", "Cos"].map((wave) => g.unsqueeze(g.unary(wave, angle), 2));
  return g.reshape(g.concat(waves, 2), 0, config.d_model); // [pos, d_model]
}

/**
 * Rotary positions (Su et al., 2021, arXiv:2104.09864): two coordinates of a head turn together by
 * an angle that grows with the position, so that a dot product of query and key depends on how far
 * apart they stand. Of x [batch, pos, heads, d_head].
 */
export function rotate(context: BuildContext, x: Value): Value {
  const { g, config } = context;
  const position = g.unsqueeze(g.unsqueeze(scaledPositions(context), 1), 1); // [pos, 1, 1]
  const angle = g.mul(position, g.constant(frequencies(config, config.d_head))); // [pos, 1, d_head / 2]
  const [cos, sin] = ["Cos", "Sin"].map((wave) => lengthened(context, g.unary(wave, angle)));
  const [a, b] = legs(context, x); // each [batch, pos, heads, d_head / 2]
  return fromLegs(context, [
    g.sub(g.mul(a, cos), g.mul(b, sin)),
    g.add(g.mul(b, cos), g.mul(a, sin)),
  ]);
}

/** YaRN makes what is turned longer as well, which makes attention sharper. */
function lengthened({ g, config: { position_scaling } }: BuildContext, wave: Value): Value {
  return position_scaling?.type === "yarn" ? g.mul(wave, position_scaling.attention_factor) : wave;
}

/** What turns together: the first half of the coordinates with the second, or neighbours. */
function legs({ g, config }: BuildContext, x: Value): Value[] {
  const half = config.d_head / 2;
  if (!config.rotary_adjacent_pairs) {
    return [g.slice(x, -1, 0, half), g.slice(x, -1, half, 2 * half)];
  }
  const pairs = g.reshape(x, 0, 0, 0, half, 2);
  return [0, 1].map((leg) => g.reshape(g.slice(pairs, -1, leg, leg + 1), 0, 0, 0, half));
}

/** The inverse: [batch, pos, heads, d_head]. */
function fromLegs({ g, config }: BuildContext, parts: readonly Value[]): Value {
  if (!config.rotary_adjacent_pairs) return g.concat(parts, -1);
  const pairs = g.concat(parts.map((part) => g.unsqueeze(part, -1)), -1);
  return g.reshape(pairs, 0, 0, 0, config.d_head);
}

/** Where each row of the stream stands on the scale of rotary and sinusoidal positions: [pos]. */
function scaledPositions({ g, config, queryPos }: BuildContext): Value {
  const counted = g.cast(queryPos, "float32"); // [pos]
  return config.position_step === 1 ? counted : g.mul(counted, config.position_step);
}

/** ALiBi: what is taken off a score, distance times each head's slope, [n_heads, pos, kv]. */
export function alibiPenalty({ g, config, queryPos, keyPos }: BuildContext): Value {
  const from = g.unsqueeze(g.cast(queryPos, "float32"), 1); // [pos, 1]
  const distance = g.unary("Abs", g.sub(from, g.cast(keyPos, "float32"))); // [pos, kv]
  const slopes = Tensor.from(alibiSlopes(config.n_heads)).reshape(config.n_heads, 1, 1);
  return g.mul(distance, g.constant(slopes));
}

/**
 * How steeply each head's scores fall with distance (Press et al., 2021, arXiv:2108.12409):
 * powers of 2^(-8/n) for n heads where n is a power of two; otherwise those of the power of two
 * below, then every second one of the power of two above.
 */
export function alibiSlopes(n_heads: number): number[] {
  const geometric = (n: number) => Array.from({ length: n }, (_, h) => 2 ** (-8 * (h + 1) / n));
  const below = 2 ** Math.floor(Math.log2(n_heads));
  const between = geometric(2 * below).filter((_, h) => h % 2 === 0);
  return [...geometric(below), ...between].slice(0, n_heads);
}
