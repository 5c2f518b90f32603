import { takeRows } from "../../tensor/mod.ts";
import { makeConfig } from "../config.ts";
import { makeModel, type Model } from "../model.ts";
import { Unfit } from "../unfit.ts";

const TABLE = "pos_embed.W_pos";

/**
 * The same model in a window of the first `n_ctx` places of its own: of a learned table of positions
 * the first rows are left, and a text that fits gives the same logits.
 *
 * @throws {Unfit} If the model's own window is shorter.
 */
export function shortened(model: Model, n_ctx: number): Model {
  const { name, config, weights, rewrites } = model;
  if (n_ctx === config.n_ctx) return model;
  if (n_ctx > config.n_ctx) {
    throw new Unfit(`Cannot shorten ${name} to ${n_ctx} tokens: its window has ${config.n_ctx}`);
  }
  const table = weights[TABLE];
  const rows = table && { [TABLE]: takeRows(table, [...Array(n_ctx).keys()]) };
  const short = makeModel(name, makeConfig({ ...config, n_ctx }), { ...weights, ...rows });
  return { ...short, rewrites };
}
