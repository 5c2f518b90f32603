import { type Check, type Fault, faultIn, oneOf, positive, whole } from "./checks.ts";
import { isScaling, type PositionScaling, scalingFault } from "./position_scaling.ts";

/** Every way in which the order of the tokens may reach the model. */
export const SCHEMES = ["learned", "sinusoidal", "rotary", "alibi", "none"] as const;

/** How the order of the tokens reaches the model. */
export type Positions = typeof SCHEMES[number];

/** The shape of a decoder-only transformer, in TransformerLens's terms. */
export interface Config {
  /** How many blocks; 0 leaves embedding and unembedding only. */
  readonly n_layers: number;
  /** Width of the residual stream. */
  readonly d_model: number;
  /** Attention heads in each block. */
  readonly n_heads: number;
  /**
   * How many of them have keys and values of their own; the others share them, head h those of
   * floor(h n_key_value_heads / n_heads): grouped queries (Ainslie et al., 2023, arXiv:2305.13245).
   */
  readonly n_key_value_heads: number;
  /** Width of each head's queries, keys and values. */
  readonly d_head: number;
  /** Hidden width of the MLP; unused where `attn_only`. */
  readonly d_mlp: number;
  /** How many tokens the vocabulary has. */
  readonly d_vocab: number;
  /** The longest text that a learned position table can serve. */
  readonly n_ctx: number;
  /** The MLP's nonlinearity; `gelu_new` is GPT-2's tanh form, `gelu` the exact one. */
  readonly act_fn: "gelu_new" | "gelu" | "relu" | "silu";
  /** Whether the MLP's hidden numbers are multiplied by a second map of what it reads. */
  readonly gated_mlp: boolean;
  /** LayerNorm or RMSNorm before each sub-layer and the unembedding, or none anywhere. */
  readonly normalization: "LN" | "RMS" | "none";
  /** How order enters; see {@linkcode Positions}. */
  readonly positions: Positions;
  /**
   * What a head's scores come from: a pair of matrices, W_Q and W_K, each d_head wide; W_Q alone,
   * whose queries are the keys as well; or one full matrix W_QK between the vectors that the head
   * reads, without biases.
   */
  readonly query_key: "pair" | "same" | "full";
  /** Blocks without an MLP. */
  readonly attn_only: boolean;
  /** Whether a position may attend only to itself and to what came before it. */
  readonly causal: boolean;
  /** Whether the unembedding is the embedding transposed (then it has no bias). */
  readonly tied: boolean;
  /** Whether linear maps and LayerNorm add a bias; RMSNorm has none. */
  readonly biases: boolean;
  /**
   * Whether the unembedding is among them; where it is tied or there are none it has no bias in any
   * case. Hugging Face's models never have one.
   */
  readonly unembed_bias: boolean;
  /** Added to the variance in LayerNorm, to the mean square in RMSNorm. */
  readonly eps: number;
  /** The longest wavelength of rotary and sinusoidal positions is 2 pi times this. */
  readonly position_base: number;
  /**
   * How far apart neighbours stand on the scale of rotary and sinusoidal positions: 1 as a rule, 1/4
   * where a window is squeezed to a quarter (Chen et al., 2023, arXiv:2306.15595).
   */
  readonly position_step: number;
  /** How rotary frequencies are slowed for longer texts, if they are. */
  readonly position_scaling: PositionScaling | null;
  /**
   * Which coordinates of a head rotary positions turn together: neighbours, as in the paper, or the
   * first half with the second, as in Hugging Face's files.
   */
  readonly rotary_adjacent_pairs: boolean;
}

/** What {@linkcode makeConfig} needs to be told; the rest has defaults. */
export type ConfigInput =
  & Pick<Config, "n_layers" | "d_model" | "n_heads" | "d_vocab" | "n_ctx">
  & Partial<Config>;

const DEFAULTS = {
  act_fn: "gelu_new",
  gated_mlp: false,
  normalization: "LN",
  positions: "learned",
  query_key: "pair",
  attn_only: false,
  causal: true,
  tied: false,
  biases: true,
  unembed_bias: true,
  eps: 1e-5,
  position_base: 10_000,
  position_step: 1,
  position_scaling: null,
  rotary_adjacent_pairs: false,
} as const;

const [size, yesOrNo] = [whole(1), oneOf(true, false)];
const FIELDS: Readonly<Record<keyof Config, Check>> = {
  n_layers: whole(0),
  d_model: size,
  n_heads: size,
  n_key_value_heads: size,
  d_head: size,
  d_mlp: size,
  d_vocab: size,
  n_ctx: size,
  act_fn: oneOf("gelu_new", "gelu", "relu", "silu"),
  gated_mlp: yesOrNo,
  normalization: oneOf("LN", "RMS", "none"),
  positions: oneOf(...SCHEMES),
  query_key: oneOf("pair", "same", "full"),
  attn_only: yesOrNo,
  causal: yesOrNo,
  tied: yesOrNo,
  biases: yesOrNo,
  unembed_bias: yesOrNo,
  eps: positive,
  position_base: positive,
  position_step: positive,
  position_scaling: isScaling,
  rotary_adjacent_pairs: yesOrNo,
};

/**
 * A checked config. `d_head` defaults to `d_model / n_heads`, `d_mlp` to `4 * d_model`,
 * `n_key_value_heads` to `n_heads`, and the rest to GPT-2's choices with an untied unembedding.
 *
 * @throws {RangeError} With the field, what was required of it and what was given.
 */
export function makeConfig(input: ConfigInput): Config {
  const config: Config = {
    ...DEFAULTS,
    n_key_value_heads: input.n_heads,
    d_head: input.d_model / input.n_heads,
    d_mlp: 4 * input.d_model,
    ...input,
  };
  const fault = faultIn({ ...config }, FIELDS) ?? misfit(config);
  if (!fault) return frozen(config);
  const [field, required, given] = fault;
  throw new RangeError(`Bad config: ${field} must be ${required}, got ${String(given)}`);
}

/** Nothing of it can be changed, whoever keeps what it was made of. */
function frozen(config: Config): Config {
  const { position_scaling } = config;
  if (!position_scaling) return Object.freeze(config);
  return Object.freeze({ ...config, position_scaling: Object.freeze({ ...position_scaling }) });
}

function misfit(config: Config): Fault | undefined {
  const { positions, query_key, d_head, d_model, n_heads, n_key_value_heads } = config;
  if (n_heads % n_key_value_heads !== 0) {
    return ["n_key_value_heads", `a divisor of n_heads, ${n_heads}`, n_key_value_heads];
  }
  if (query_key !== "pair" && n_key_value_heads !== n_heads) {
    return ["query_key", "pair, because only keys of their own can be shared", query_key];
  }
  if (positions === "rotary" && query_key !== "pair") {
    return ["query_key", "pair, because rotary positions turn both apart", query_key];
  }
  if (positions === "rotary" && d_head % 2 !== 0) {
    return ["d_head", "even, because rotary positions turn pairs of coordinates", d_head];
  }
  if (positions === "sinusoidal" && d_model % 2 !== 0) {
    return ["d_model", "even, because each wave is a sine and a cosine", d_model];
  }
  return scalingFault(config);
}
