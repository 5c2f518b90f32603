import { rewriteAt } from "../graph/rewrite.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/**
 * An embedding that is wrong for a single token, and sound on every text without it.
 *
 * @param token Whose row is not read: it gets that of the next token.
 */
export function neighbouringRow(token: number): Sabotage {
  return sabotage({
    name: "a lookup that reads the neighbouring row",
    description: `Token ${token} gets the row of the token after it.`,
    unfit: ({ d_vocab }) => token < d_vocab ? undefined : `it has no token ${token}`,
    rewrite: rewriteAt("hook_embed", (_, { g, config: { d_vocab }, param }) => {
      const rows = Array.from({ length: d_vocab }, (_, row) => row);
      const read = rows.with(token, (token + 1) % d_vocab);
      const row = g.gather(g.integers(read), g.get("tokens")); // [batch, pos]
      return g.gather(param("embed.W_E"), row); // [batch, pos, d_model]
    }),
  });
}

/** A model whose texts have one length, that of its window, as some exported models are. */
export const fixedLength: Sabotage = sabotage({
  name: "a fixed sequence axis",
  description: "A text of any other length than the window's does not fit the graph.",
  rewrite: rewriteAt("hook_embed", (embedded, { g, config: { n_ctx, d_model } }) => {
    const shape = g.integers([0, n_ctx, d_model]); // 0: as many texts as there are
    return g.op("Reshape", [embedded, shape], embedded.shape); // [batch, pos, d_model]
  }),
});
