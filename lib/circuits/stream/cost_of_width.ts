import { buildGraph, type Config, makeConfig, multiplications } from "../../model/mod.ts";
import { sizeOf } from "../../tensor/mod.ts";

/** What may stay as it is while the stream grows; else d_mlp is 4 d_model and d_head its share. */
export type Fixed = "d_mlp" | "d_head";

/** What widths cost, by what the graph has and by what a formula says. */
export type Cost = {
  /** At d_model and at one and two more dimensions a head. */
  readonly counted: readonly number[];
  /** The same from the formula, which knows of no {@linkcode Fixed}. */
  readonly formula: readonly number[];
  /** The factor of d_model^2 in what was counted: half of its second difference. */
  readonly square: number;
  /** What one more dimension costs, at d_model. */
  readonly next: number;
};

/** What the width of a stream costs, as evidence. */
export type CostOfWidth = {
  readonly d_model: number;
  /** The factor of d_model^2 that the config implies: 12 for each layer. */
  readonly due: number;
  /** Numbers to learn. */
  readonly parameters: Cost;
  /** In matrix products, for each token of a full window. */
  readonly products: Cost;
  /** How wide the stream would end if each layer's output were put beside it and not added. */
  readonly concatenated: number;
};

/**
 * What a GPT of these sizes costs at three widths; heads keep their number and grow.
 *
 * @param config With learned positions, LayerNorm, biases and both parts of each block.
 * @param stays What does not grow with the stream.
 */
export function costOfWidth(config: Config, stays: readonly Fixed[] = []): CostOfWidth {
  const { n_layers, n_heads, d_model, n_ctx } = config;
  const widths = [0, 1, 2].map((more) => d_model + more * n_heads);
  const built = widths.map((width) =>
    makeConfig({
      ...config,
      d_model: width,
      d_mlp: stays.includes("d_mlp") ? config.d_mlp : 4 * width,
      d_head: stays.includes("d_head") ? config.d_head : width / n_heads,
    })
  );
  const products = built.map((each) => multiplications(each, n_ctx).total / n_ctx);
  return {
    d_model,
    due: 12 * n_layers,
    parameters: costs(n_heads, built.map(parametersOf), widths.map(parametersAt(config))),
    products: costs(n_heads, products, widths.map(productsAt(config))),
    concatenated: d_model * (1 + 2 * n_layers),
  };
}

function costs(step: number, counted: readonly number[], formula: readonly number[]): Cost {
  const [a, b, c] = counted;
  return { counted, formula, square: (a - 2 * b + c) / (2 * step ** 2), next: (b - a) / step };
}

/** What the graph has to be fed besides tokens. */
function parametersOf(config: Config): number {
  const { inputs } = buildGraph({ config }, { tokens: [1, config.n_ctx] });
  return inputs.filter(({ name }) => name !== "tokens")
    .reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);
}

/** Attention 4 d^2 + 4 d, the MLP 8 d^2 + 5 d, two LayerNorms 4 d; then what is outside of blocks. */
function parametersAt(
  { n_layers, d_vocab, n_ctx, tied, unembed_bias }: Config,
): (d: number) => number {
  const unembed = (d: number) => tied ? 0 : d_vocab * (d + Number(unembed_bias));
  return (d) => n_layers * (12 * d ** 2 + 13 * d) + 2 * d + (n_ctx + d_vocab) * d + unembed(d);
}

/** For each token: every matrix once, and its scores and reads over the window. */
function productsAt({ n_layers, d_vocab, n_ctx }: Config): (d: number) => number {
  return (d) => n_layers * (12 * d ** 2 + 2 * n_ctx * d) + d_vocab * d;
}
