/** Ways to add the wrong vector for a position, where positions are added to the embedding. */
import type { BuildContext } from "../graph/context.ts";
import { addedPositions } from "../graph/positions.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { like } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

const learned = like({ positions: ["learned"] });
const sinusoidal = like({ positions: ["sinusoidal"] });
const added = like({ positions: ["learned", "sinusoidal"] });

/** A table that is read one row too far down; behind its last row it begins again. */
export const tableOffByOne: Sabotage = sabotage({
  name: "a position table read one row off",
  description: "Position p gets the row of position p + 1, and the last one the first row.",
  unfit: learned,
  rewrite: rewriteAt("hook_pos_embed", (value, { g, config: { n_ctx }, param, queryPos }) => {
    const rows = Array.from({ length: n_ctx }, (_, row) => (row + 1) % n_ctx);
    const row = g.gather(g.integers(rows), queryPos); // [pos]
    return g.expandLike(g.gather(param("pos_embed.W_pos"), row), value); // [batch, pos, d_model]
  }),
});

/** Positions counted from the end of what is fed, as where texts are filled up on the wrong side. */
export const countedFromTheEnd: Sabotage = sabotage({
  name: "positions counted from the end",
  description: "The last token of a text stands at position 0, the one before it at 1.",
  unfit: added,
  rewrite: rewriteAt("hook_pos_embed", (value, context) => {
    const { g, queryPos, keyPos } = context;
    const last = g.sub(g.lengthOf(keyPos, 0), g.integers(1)); // []
    const fromEnd: BuildContext = { ...context, queryPos: g.sub(last, queryPos) }; // [pos]
    return g.expandLike(addedPositions(fromEnd)!, value); // [batch, pos, d_model]
  }),
});

/** Positions that are added once more: in the embedding, and again in front of the first block. */
export const positionsAddedTwice: Sabotage = sabotage({
  name: "positions added twice",
  description: "The vector of each position is added two times.",
  unfit: added,
  rewrite: rewriteAt("hook_pos_embed", (value, { g }) => g.mul(value, 2)),
});

/** All sines first and all cosines behind them, where the paper has them in turn. */
export const sinesBeforeCosines: Sabotage = sabotage({
  name: "sines before cosines",
  description: "The first half of each position's vector has all sines, the second all cosines.",
  unfit: (config) => sinusoidal(config) ?? (config.d_model > 2 ? undefined : "it has one wave"),
  rewrite: rewriteAt("hook_pos_embed", (value, { g, config: { d_model } }) => {
    const waves = g.reshape(value, 0, 0, d_model / 2, 2); // [batch, pos, wave, sine or cosine]
    return g.reshape(g.transpose(waves, 0, 1, 3, 2), 0, 0, d_model); // [batch, pos, d_model]
  }),
});

/** Waves whose longest is ten times as long as the config says. */
export const wrongWaves: Sabotage = sabotage({
  name: "waves with another base",
  description: "The wavelengths of sinusoidal positions grow up to ten times as long.",
  unfit: (config) => sinusoidal(config) ?? (config.d_model > 2 ? undefined : "it has one wave"),
  rewrite: rewriteAt("hook_pos_embed", (value, context) => {
    const config = { ...context.config, position_base: 10 * context.config.position_base };
    return context.g.expandLike(addedPositions({ ...context, config })!, value);
  }),
});
