import { Tensor } from "../../tensor/tensor.ts";
import type { Value } from "../../onnx/graph.ts";
import type { Config } from "../config.ts";
import type { Scene } from "./scene.ts";

/** Tokens to the stream's first state: a row of W_E for each, plus where it stands. */
export function embed(scene: Scene, tokens: Value): Value {
  const { g, hook, param } = scene;
  const embedded = hook("hook_embed", g.gather(param("embed.W_E"), tokens)); // [batch, pos, d_model]
  const table = positionTable(scene); // [pos, d_model]
  if (!table) return embedded;
  return g.add(embedded, hook("hook_pos_embed", g.expandLike(table, embedded)));
}

/** What is added for each position, or nothing where positions enter elsewhere. */
function positionTable(scene: Scene): Value | undefined {
  const { g, config, param, queries } = scene;
  if (config.positions === "learned") return g.gather(param("pos_embed.W_pos"), queries);
  if (config.positions === "sinusoidal") return sinusoids(scene);
  return undefined;
}

/** Sines and cosines side by side (Vaswani et al., 2017, arXiv:1706.03762, section 3.5). */
function sinusoids(scene: Scene): Value {
  const { g, config } = scene;
  const position = g.unsqueeze(places(scene), 1); // [pos, 1]
  const angle = g.mul(position, g.constant(frequencies(config, config.d_model))); // [pos, d_model / 2]
  const waves = ["Sin", "Cos"].map((wave) => g.unsqueeze(g.unary(wave, angle), 2));
  return g.reshape(g.concat(waves, 2), 0, config.d_model); // [pos, d_model]
}

/** Where each row of the stream stands on the scale of rotary and sinusoidal positions: [pos]. */
export function places({ g, config, queries }: Scene): Value {
  const counted = g.cast(queries, "float32"); // [pos]
  return config.position_step === 1 ? counted : g.mul(counted, config.position_step);
}

/** How fast each pair of coordinates turns, in radians for each position: [width / 2]. */
export function frequencies({ position_base }: Config, width: number): Tensor {
  const pairs = Array.from({ length: width / 2 }, (_, i) => position_base ** (-2 * i / width));
  return Tensor.from(pairs);
}
