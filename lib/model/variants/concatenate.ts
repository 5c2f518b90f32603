import { takeColumns, Tensor } from "../../tensor/mod.ts";
import { makeModel, type Model } from "../model.ts";
import { rewriteAt } from "../graph/rewrite.ts";

const TOKENS = "embed.W_E";
const POSITIONS = "pos_embed.W_pos";

/**
 * A model that concatenates: its stream begins as [token ; position] side by side, read from a table
 * of `width` columns and one of d_model - `width`. All that follows is the given model's.
 *
 * @throws {RangeError} If the model has no learned positions or no layer, or the width leaves nothing
 * for one of the two.
 */
export function concatenated(model: Model, width: number): Model {
  const { d_model } = model.config;
  const apart = separated(model, width);
  const tokenTable = columns(model.weights[TOKENS], 0, width); // [d_vocab, width]
  const positionTable = columns(model.weights[POSITIONS], width, d_model); // [n_ctx, d_model - width]
  const sideBySide = rewriteAt("blocks.0.hook_resid_pre", (_, { g, queryPos }) => {
    const token = g.gather(g.constant(tokenTable), g.get("tokens")); // [batch, pos, width]
    const position = g.gather(g.constant(positionTable), queryPos); // [pos, d_model - width]
    const like = g.slice(g.get("hook_embed"), 2, width, d_model); // [batch, pos, d_model - width]
    return g.concat([token, g.expandLike(position, like)], 2); // [batch, pos, d_model]
  });
  return {
    ...apart,
    name: `${model.name}, concatenated`,
    rewrites: [...apart.rewrites, sideBySide],
  };
}

/**
 * A model that adds, as any other, but whose two embeddings live in separate coordinates: tokens in
 * the first `width`, positions in the rest, zeros elsewhere.
 *
 * @param overlap By how many coordinates the positions are shifted into those of the tokens.
 * @throws {RangeError} As {@linkcode concatenated} does.
 */
export function separated(model: Model, width: number, overlap = 0): Model {
  const { config: { d_model, positions, n_layers }, name, weights } = model;
  const fits = positions === "learned" && n_layers > 0 && width > 0 && width < d_model;
  if (!fits) {
    const required = `learned positions, a layer and a width from 1 to ${d_model - 1} are required`;
    throw new RangeError(
      `Cannot separate ${name}: ${required}, got ${positions}, ${n_layers} layers, ${width}`,
    );
  }
  const tables = {
    [TOKENS]: placed(columns(weights[TOKENS], 0, width), 0, d_model),
    [POSITIONS]: placed(columns(weights[POSITIONS], width, d_model), width - overlap, d_model),
  };
  const apart = makeModel(`${name}, separated`, model.config, { ...weights, ...tables });
  return { ...apart, rewrites: model.rewrites };
}

/** Some columns of a table: [rows, end - start]. */
function columns(table: Tensor, start: number, end: number): Tensor {
  return takeColumns(table, Array.from({ length: end - start }, (_, i) => start + i));
}

/** A table among zeros, its first column in place `at`: [rows, width]. */
function placed(table: Tensor, at: number, width: number): Tensor {
  const [rows] = table.shape;
  const wide = Tensor.full([rows, width]);
  for (let row = 0; row < rows; row++) wide.data.set(table.get(row).data, row * width + at);
  return wide;
}
