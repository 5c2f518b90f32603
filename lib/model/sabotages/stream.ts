import { Tensor } from "../../tensor/tensor.ts";
import { type Config, makeConfig } from "../config.ts";
import { parameterCount } from "../count.ts";
import { type Rewrite, rewriteAt } from "../graph/rewrite.ts";
import type { Model } from "../model.ts";
import { needs } from "../needs.ts";
import { parameterShapes } from "../params.ts";
import { type Sabotage, sabotage } from "./sabotage.ts";

/** A stream that each block replaces by what it wrote, as in a network without residual paths. */
export const overwrittenStream: Sabotage = sabotage({
  name: "a stream that is overwritten",
  description: "What came into a block is taken away at its end: only what it wrote goes on.",
  unfit: needs.attention,
  rewrite: forget(1),
});

/** A stream that forgets a little of what it held with every block. */
export function fadingStream(strength: number): Sabotage {
  return sabotage({
    name: "a stream that fades",
    description: `With every block the stream loses ${strength} times what came into it.`,
    unfit: needs.attention,
    rewrite: forget(strength),
  });
}

/** A share of what came into a block is taken away at its end. */
function forget(share: number): Rewrite {
  return rewriteAt("hook_resid_post", (post, { g }, name) => {
    const pre = g.get(name.replace("hook_resid_post", "hook_resid_pre"));
    return g.sub(post, g.mul(pre, share)); // [batch, pos, d_model]
  });
}

/** A stream that multiplies: what attention writes is scaled by what it is written upon. */
export function multiplyingStream(strength: number): Sabotage {
  return sabotage({
    name: "a stream that multiplies",
    description: "Each coordinate of what attention writes is multiplied by 1 plus " +
      `${strength} times what stands there already.`,
    unfit: needs.attention,
    rewrite: rewriteAt("hook_attn_out", (out, { g }, name) => {
      const stream = g.get(name.replace("hook_attn_out", "hook_resid_pre"));
      return g.mul(out, g.add(1, g.mul(stream, strength))); // [batch, pos, d_model]
    }),
  });
}

/**
 * A stream with a coordinate for each word of the vocabulary. The new coordinates hold nothing, so
 * that without LayerNorm the model computes what it did: only its shapes give it away.
 */
export const streamAsWideAsTheVocabulary: Sabotage = sabotage({
  name: "a stream as wide as the vocabulary",
  description:
    "Every vector of the stream is filled up with zeros to one coordinate for each word.",
  unfit: (config) => {
    const { d_model, d_vocab, positions } = config;
    if (positions === "sinusoidal") return "its waves are spread over the whole width";
    return d_model < d_vocab ? tooWide(config) : "its stream is as wide as its vocabulary already";
  },
  change: widened,
});

/** How many parameters it may have, so wide: 1 GB. At GPT-2 small's sizes it would be twenty. */
const MOST = 2 ** 28;

function tooWide(config: Config): string | undefined {
  const { total } = parameterCount(asWideAsTheVocabulary(config));
  const millions = Math.round(total / 1e6);
  return total <= MOST ? undefined : `so wide it would have ${millions} million parameters`;
}

function asWideAsTheVocabulary(config: Config): Config {
  return makeConfig({ ...config, d_model: config.d_vocab });
}

function widened({ config, weights }: Model): { config: Config; weights: Model["weights"] } {
  const wide = asWideAsTheVocabulary(config);
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

/** A detour that no hook tells of: behind the first block the stream is read as words, and back. */
export const throughTheVocabulary: Sabotage = sabotage({
  name: "a detour through the vocabulary",
  description: "What the stream behind the first block would say is embedded and added to it.",
  unfit: needs.attention,
  rewrite: rewriteAt("blocks.0.hook_resid_post", (stream, { g, param }) => {
    const table = param("embed.W_E");
    const words = g.softmax(g.matmulTransposed(stream, table)); // [batch, pos, d_vocab]
    return g.add(stream, g.matmul(words, table)); // [batch, pos, d_model]
  }),
});

/** Embeddings times the root of d_model, as the first transformer and Gemma have them. */
export const longEmbeddings: Sabotage = sabotage({
  name: "embeddings times the root of d_model",
  description: "Every token's vector is multiplied by the root of the stream's width.",
  rewrite: rewriteAt("hook_embed", (embedded, { g, config }) => {
    return g.mul(embedded, Math.sqrt(config.d_model)); // [batch, pos, d_model]
  }),
});

/** A stream that is added to what a block returns, which has it in it already. */
export const streamAddedTwice: Sabotage = sabotage({
  name: "a stream that is added twice",
  description: "What came into a block is added to its end once more.",
  unfit: needs.attention,
  rewrite: forget(-1),
});

/** A loop over blocks that ends one too early. */
export const lastBlockSkipped: Sabotage = sabotage({
  name: "the last block skipped",
  description: "What comes into the last block goes on as if it were what comes out.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_resid_post", (post, { g, config: { n_layers } }, name) => {
    const last = name === `blocks.${n_layers - 1}.hook_resid_post`;
    return last ? g.get(name.replace("resid_post", "resid_pre")) : post;
  }),
});

/**
 * A stream that is rounded where a block ends, as numbers of fewer bits are.
 *
 * @param step Between neighbouring numbers.
 */
export function roundedStream(step: number): Sabotage {
  return sabotage({
    name: "a stream of rounded numbers",
    description:
      `Every number of the stream is rounded to a multiple of ${step} behind each block.`,
    unfit: (config) =>
      needs.attention(config) ?? (step > 0 ? undefined : "without a step nothing is rounded"),
    rewrite: rewriteAt(
      "hook_resid_post",
      (post, { g }) => g.mul(g.unary("Round", g.div(post, step)), step), // [batch, pos, d_model]
    ),
  });
}
