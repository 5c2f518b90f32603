import type { Tensor } from "../tensor/tensor.ts";
import type { Config } from "./config.ts";

/** Named parameters, with TransformerLens's names and shapes; see {@linkcode parameterShapes}. */
export type Weights = Readonly<Record<string, Tensor>>;

/**
 * The name and shape of every parameter that a config implies, in the order of the forward pass.
 * What is not here is not learned: masks, rotary and sinusoidal tables are computed.
 */
export function parameterShapes(config: Config): Record<string, readonly number[]> {
  const { n_layers, d_model, d_vocab, n_ctx } = config;
  const shapes: Record<string, readonly number[]> = { "embed.W_E": [d_vocab, d_model] };
  if (config.positions === "learned") shapes["pos_embed.W_pos"] = [n_ctx, d_model];
  for (let layer = 0; layer < n_layers; layer++) {
    Object.assign(shapes, blockShapes(config, `blocks.${layer}`));
  }
  Object.assign(shapes, normShapes(config, "ln_final"));
  if (!config.tied) {
    shapes["unembed.W_U"] = [d_model, d_vocab];
    if (hasUnembedBias(config)) shapes["unembed.b_U"] = [d_vocab];
  }
  return shapes;
}

/** Whether the unembedding adds a bias, `unembed.b_U`. */
export function hasUnembedBias({ tied, biases, unembed_bias }: Config): boolean {
  return !tied && biases && unembed_bias;
}

function blockShapes(config: Config, block: string): Record<string, readonly number[]> {
  const { d_model, n_heads, n_key_value_heads, d_head, biases } = config;
  const shapes = normShapes(config, `${block}.ln1`);
  if (config.query_key === "full") shapes[`${block}.attn.W_QK`] = [n_heads, d_model, d_model];
  for (const x of { pair: "QKV", same: "QV", full: "V" }[config.query_key]) {
    const heads = x === "Q" ? n_heads : n_key_value_heads;
    shapes[`${block}.attn.W_${x}`] = [heads, d_model, d_head];
    if (biases) shapes[`${block}.attn.b_${x}`] = [heads, d_head];
  }
  shapes[`${block}.attn.W_O`] = [n_heads, d_head, d_model];
  if (biases) shapes[`${block}.attn.b_O`] = [d_model];
  if (config.attn_only) return shapes;
  return { ...shapes, ...normShapes(config, `${block}.ln2`), ...mlpShapes(config, `${block}.mlp`) };
}

function mlpShapes(config: Config, mlp: string): Record<string, readonly number[]> {
  const { d_model, d_mlp, biases, gated_mlp } = config;
  const shapes: Record<string, readonly number[]> = {};
  for (const part of gated_mlp ? ["gate", "in", "out"] : ["in", "out"]) {
    const [from, to] = part === "out" ? [d_mlp, d_model] : [d_model, d_mlp];
    shapes[`${mlp}.W_${part}`] = [from, to];
    if (biases) shapes[`${mlp}.b_${part}`] = [to];
  }
  return shapes;
}

function normShapes(config: Config, name: string): Record<string, readonly number[]> {
  if (config.normalization === "none") return {};
  const { d_model, biases, normalization } = config;
  const shifts = biases && normalization === "LN";
  return { [`${name}.w`]: [d_model], ...(shifts ? { [`${name}.b`]: [d_model] } : {}) };
}

/** What is missing, misshapen or too many among weights that must have these shapes. */
export function misfit(
  required: Readonly<Record<string, readonly number[]>>,
  given: Readonly<Record<string, { readonly shape: readonly number[] }>>,
): string | undefined {
  const extra = Object.keys(given).find((name) => !Object.hasOwn(required, name));
  if (extra !== undefined) return `there is no place for ${extra.slice(0, 80)}`; // may be endless
  for (const [name, shape] of Object.entries(required)) {
    const found = Object.hasOwn(given, name) ? `[${given[name].shape}]` : "nothing";
    if (found !== `[${shape}]`) return `${name} must be [${shape}], got ${found}`;
  }
}

/**
 * The same weights, but for some of them.
 *
 * @param names Which: those whose names it matches.
 * @param change Gives what takes a parameter's place; nothing leaves it out.
 */
export function changeWeights(
  weights: Weights,
  names: RegExp,
  change: (x: Tensor, name: string) => Tensor | undefined,
): Weights {
  const changed = Object.entries(weights)
    .map(([name, x]) => [name, names.test(name) ? change(x, name) : x] as const)
    .filter((entry): entry is [string, Tensor] => entry[1] !== undefined);
  return Object.fromEntries(changed);
}
