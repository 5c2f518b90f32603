import { buildGraph, type Model, multiplications, parameterCount } from "../../model/mod.ts";
import { sizeOf, sum } from "../../tensor/mod.ts";

/** What a text's length costs, as evidence. */
export type CostOfLength = {
  /** Tokens in each text. */
  readonly lengths: readonly number[];
  /** Multiplications for its last token, which looks at all of it: [length], from the graph. */
  readonly counted: readonly number[];
  /** Weights in all matrices that a token's vectors are multiplied with. */
  readonly weights: number;
  /** Numbers that a KV cache keeps of each token, over all layers. */
  readonly kept: number;
  /** Numbers in the KV cache of the whole text: [length]. */
  readonly cache: readonly number[];
  /** How many tokens long a text is whose cache has as many numbers as there are weights. */
  readonly even: number;
  /** How many times the multiplications of a full window a text of two windows takes. */
  readonly twice: number;
};

/**
 * Counts multiplications and the KV cache on the graphs themselves; no weights are needed. Every
 * pair of tokens counts, also one that the mask hides, since it is computed before it is masked.
 *
 * @param windows Lengths to try, as multiples of the window.
 */
export function costOfLength(
  { config, rewrites }: Pick<Model, "config" | "rewrites">,
  windows: readonly number[] = [1, 2, 4, 8, 16],
): CostOfLength {
  const text = (n: number) => multiplications(config, n, rewrites).total;
  const lengths = windows.map((times) => times * config.n_ctx);
  const { attn, mlp, embed, unembed } = parameterCount({ ...config, biases: false });
  const weights = attn + mlp + (config.tied ? embed : unembed);
  const past = buildGraph({ config }, { past: true }).inputs
    .filter(({ name }) => name.startsWith("past.")); // [batch, past, heads, width] each
  const kept = sum(past.map(({ shape }) => sizeOf(shape.slice(2) as number[])));
  return {
    lengths,
    counted: lengths.map((n) => text(n) / n),
    weights,
    kept,
    cache: lengths.map((n) => n * kept),
    even: Math.round(weights / kept),
    twice: text(2 * config.n_ctx) / text(config.n_ctx),
  };
}
