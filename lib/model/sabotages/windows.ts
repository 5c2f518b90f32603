import { needs } from "../needs.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";

/**
 * Attention that sees only what is near (Beltagy et al., 2020, arXiv:2004.05150; Jiang et al., 2023,
 * arXiv:2310.06825): the position itself and those right before it.
 *
 * @param width How many positions are seen, the asking one among them.
 * @param everyLayer Whether no layer sees more; else every second layer sees all that came before.
 */
export function slidingWindow(width: number, everyLayer: boolean = true): Sabotage {
  const where = everyLayer ? "" : " in every second layer";
  return sabotage({
    name: `a sliding window of ${width}${where}`,
    description: `A position may attend to itself and to the ${width - 1} before it${where}.`,
    unfit: needs.mask,
    rewrite: () =>
      rewriteAt("mask", (mask, { g, queries, keys }, name) => {
        const narrow = everyLayer || /^blocks\.\d*[02468]\./.test(name);
        const farthest = g.sub(g.unsqueeze(queries, 1), g.integers(width - 1)); // [pos, 1]
        const near = g.lessOrEqual(farthest, keys); // [pos, kv]
        return narrow ? g.op("And", [mask, near], mask.shape) : mask; // [pos, kv]
      }),
  });
}

/**
 * Learned positions that never run out: past the end of the table its last row serves everybody.
 * Inside the window nothing is changed. That the table is added along with the tokens, at
 * `hook_embed`, takes it out of the config, whose length nothing then checks.
 */
export const clampedPositions: Sabotage = sabotage({
  name: "positions clamped to the last row",
  description: "Every position past the end of the table gets the table's last row.",
  unfit: ({ positions }) =>
    positions === "learned" ? undefined : "its positions are not stored in a table",
  change: ({ config }) => ({ config: { ...config, positions: "none" } }),
  rewrite: ({ config: { n_ctx } }) =>
    rewriteAt("hook_embed", (embedded, { g, param, queries }) => {
      const last = g.integers(n_ctx - 1);
      const row = g.where(g.lessOrEqual(queries, last), queries, last); // [pos]
      return g.add(embedded, g.gather(param("pos_embed.W_pos"), row)); // [batch, pos, d_model]
    }),
});

/** A model whose texts have one length, that of its window, as some exported models are. */
export const fixedLength: Sabotage = sabotage({
  name: "a fixed sequence axis",
  description: "A text of any other length than the window's does not fit the graph.",
  rewrite: ({ config: { n_ctx, d_model } }) =>
    rewriteAt("hook_embed", (embedded, { g }) => {
      const shape = g.integers([0, n_ctx, d_model]); // 0: as many texts as there are
      return g.op("Reshape", [embedded, shape], embedded.shape); // [batch, pos, d_model]
    }),
});
