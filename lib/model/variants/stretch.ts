import { Random, Tensor } from "../../tensor/mod.ts";
import { makeConfig } from "../config.ts";
import { makeModel, type Model } from "../model.ts";
import type { Weights } from "../params.ts";

/**
 * How a model is made to fit a longer window. "Interpolated" keeps to what it has learned: a table
 * of positions is read between its rows, rotary and sinusoidal angles are squeezed into those of
 * the old window (Chen et al., 2023, arXiv:2306.15595). "Base changed", the NTK-aware way, slows the
 * slow waves and leaves the fast ones. "Run on" goes on where it was: angles never seen, table rows
 * never trained.
 */
export type Stretch = "interpolated" | "base changed" | "run on";

/**
 * The same weights with a window of `n_ctx`. Schemes that store nothing for each position and turn
 * nothing, ALiBi and none, are left as they are whatever the way.
 *
 * @throws {RangeError} If the window would not grow, or a learned table's base is to be changed: it
 * has none.
 */
export function stretched(model: Model, n_ctx: number, how: Stretch = "interpolated"): Model {
  const factor = n_ctx / model.config.n_ctx;
  if (!(factor > 1)) {
    const required = `more than ${model.config.n_ctx} tokens required`;
    throw new RangeError(`Cannot stretch ${model.name}: ${required}, got ${n_ctx}`);
  }
  const config = makeConfig({ ...model.config, n_ctx, ...turned(model, factor, how) });
  const weights = config.positions === "learned" ? longerTable(model, n_ctx, how) : model.weights;
  const name = `${model.name}, ${how} to ${n_ctx}`;
  return { ...makeModel(name, config, weights), rewrites: model.rewrites };
}

function longerTable({ name, weights }: Model, n_ctx: number, how: Stretch): Weights {
  if (how === "base changed") {
    throw new RangeError(`Cannot stretch ${name}: waves with a base required, got a learned table`);
  }
  const table = weights["pos_embed.W_pos"];
  const longer = how === "run on" ? moreRows(table, n_ctx) : betweenRows(table, n_ctx);
  return { ...weights, "pos_embed.W_pos": longer };
}

/** What becomes of the angles. */
function turned({ config }: Model, factor: number, how: Stretch) {
  const { positions, position_base, position_step, d_head, d_model } = config;
  if (positions !== "rotary" && positions !== "sinusoidal") return {};
  if (how === "interpolated") return { position_step: position_step / factor };
  const width = positions === "rotary" ? d_head : d_model;
  // The slowest wave is to end where squeezing would have put it; width 2 has but the one wave.
  const slower = factor ** (width / Math.max(1, width - 2));
  return how === "base changed" ? { position_base: position_base * slower } : {};
}

/** A table with rows added as they are before training, from N(0, 0.02): [rows, width]. */
function moreRows(table: Tensor, rows: number): Tensor {
  const [old, width] = table.shape;
  const fresh = new Random("rows never trained").normalTensor([rows - old, width], 0.02);
  return new Tensor(Float32Array.of(...table.data, ...fresh.data), [rows, width]);
}

/** A table read at `rows` evenly spaced places from its first row to its last: [rows, width]. */
export function betweenRows(table: Tensor, rows: number): Tensor {
  const [old, width] = table.shape;
  const longer = Tensor.full([rows, width]);
  for (let row = 0; row < rows; row++) {
    const place = row * (old - 1) / (rows - 1);
    const before = Math.floor(place);
    const after = Math.min(before + 1, old - 1); // behind the last there is none
    const share = place - before;
    for (let i = 0; i < width; i++) {
      const [a, b] = [table.at(before, i), table.at(after, i)];
      longer.data[row * width + i] = a + share * (b - a);
    }
  }
  return longer;
}
