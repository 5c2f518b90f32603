import { Tensor } from "../../tensor/tensor.ts";
import { type Config, makeConfig } from "../config.ts";
import type { Model } from "../model.ts";
import { needs } from "../needs.ts";
import { parameterShapes } from "../params.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";
import { rewriteAt } from "../graph/scene.ts";

/**
 * A stream with a coordinate for each word of the vocabulary. The new coordinates hold nothing, so
 * that without LayerNorm the model computes what it did: only its shapes give it away.
 */
export const streamAsWideAsTheVocabulary: Sabotage = sabotage({
  name: "a stream as wide as the vocabulary",
  description:
    "Every vector of the stream is filled up with zeros to one coordinate for each word.",
  unfit: ({ d_model, d_vocab, positions }) => {
    if (positions === "sinusoidal") return "its waves are spread over the whole width";
    return d_model < d_vocab ? undefined : "its stream is as wide as its vocabulary already";
  },
  change: widened,
});

/** A detour that no hook tells of: behind the first block the stream is read as words, and back. */
export const throughTheVocabulary: Sabotage = sabotage({
  name: "a detour through the vocabulary",
  description: "What the stream behind the first block would say is embedded and added to it.",
  unfit: needs.attention,
  rewrite: () => (name, value, { g, param }) => {
    if (name !== "blocks.0.hook_resid_post") return value;
    const table = param("embed.W_E");
    const words = g.softmax(g.matmul(value, g.transpose(table, 1, 0))); // [batch, pos, d_vocab]
    return g.add(value, g.matmul(words, table)); // [batch, pos, d_model]
  },
});

function widened({ config, weights }: Model): { config: Config; weights: Model["weights"] } {
  const wide = makeConfig({ ...config, d_model: config.d_vocab });
  const shapes = Object.entries(parameterShapes(wide));
  const filled = shapes.map(([name, shape]) => [name, filledUp(weights[name], shape)]);
  return { config: wide, weights: Object.fromEntries(filled) };
}

/** The same numbers in the first places of a larger shape, zeros in the others. */
function filledUp(x: Tensor, shape: readonly number[]): Tensor {
  const filled = Tensor.full(shape);
  x.data.forEach((value, i) => {
    let [place, stride] = [0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (i % x.shape[axis]) * stride;
      i = Math.floor(i / x.shape[axis]);
      stride *= shape[axis];
    }
    filled.data[place] = value;
  });
  return filled;
}

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
    rewrite: ({ config: { d_vocab } }) =>
      rewriteAt("hook_embed", (_, { g, param }) => {
        const rows = Array.from({ length: d_vocab }, (_, row) => row);
        const read = rows.with(token, (token + 1) % d_vocab);
        const row = g.gather(g.integers(read), g.find("tokens")!); // [batch, pos]
        return g.gather(param("embed.W_E"), row); // [batch, pos, d_model]
      }),
  });
}
