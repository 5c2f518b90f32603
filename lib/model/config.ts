/** How the order of the tokens reaches the model. */
export type Positions = "learned" | "sinusoidal" | "rotary" | "alibi" | "none";

/** The shape of a decoder-only transformer, in TransformerLens's terms. */
export interface Config {
  /** How many blocks; 0 leaves embedding and unembedding only. */
  readonly n_layers: number;
  /** Width of the residual stream. */
  readonly d_model: number;
  /** Attention heads in each block. */
  readonly n_heads: number;
  /** Width of each head's queries, keys and values. */
  readonly d_head: number;
  /** Hidden width of the MLP; unused where `attn_only`. */
  readonly d_mlp: number;
  /** How many tokens the vocabulary has. */
  readonly d_vocab: number;
  /** The longest text that a learned position table can serve. */
  readonly n_ctx: number;
  /** The MLP's nonlinearity; `gelu_new` is GPT-2's tanh form, `gelu` the exact one. */
  readonly act_fn: "gelu_new" | "gelu" | "relu";
  /** LayerNorm before each sub-layer and the unembedding, or none anywhere. */
  readonly normalization: "LN" | "none";
  /** How order enters; see {@linkcode Positions}. */
  readonly positions: Positions;
  /** Blocks without an MLP. */
  readonly attn_only: boolean;
  /** Whether a position may attend only to itself and to what came before it. */
  readonly causal: boolean;
  /** Whether the unembedding is the embedding transposed (then it has no bias). */
  readonly tied: boolean;
  /** Whether linear maps and LayerNorm add a bias. */
  readonly biases: boolean;
  /** Added to the variance in LayerNorm. */
  readonly eps: number;
  /** The longest wavelength of rotary and sinusoidal positions is 2 pi times this. */
  readonly position_base: number;
  /**
   * How far apart neighbours stand on the scale of rotary and sinusoidal positions: 1 as a rule, 1/4
   * where a window is squeezed to a quarter (Chen et al., 2023, arXiv:2306.15595).
   */
  readonly position_step: number;
}

/** What {@linkcode makeConfig} needs to be told; the rest has defaults. */
export type ConfigInput =
  & Pick<Config, "n_layers" | "d_model" | "n_heads" | "d_vocab" | "n_ctx">
  & Partial<Config>;

const DEFAULTS = {
  act_fn: "gelu_new",
  normalization: "LN",
  positions: "learned",
  attn_only: false,
  causal: true,
  tied: false,
  biases: true,
  eps: 1e-5,
  position_base: 10_000,
  position_step: 1,
} as const;

const CHOICES: Partial<Record<keyof Config, readonly unknown[]>> = {
  act_fn: ["gelu_new", "gelu", "relu"],
  normalization: ["LN", "none"],
  positions: ["learned", "sinusoidal", "rotary", "alibi", "none"],
  attn_only: [true, false],
  causal: [true, false],
  tied: [true, false],
  biases: [true, false],
};

const SIZES = ["d_model", "n_heads", "d_head", "d_mlp", "d_vocab", "n_ctx"] as const;

/**
 * A checked config. `d_head` defaults to `d_model / n_heads`, `d_mlp` to `4 * d_model`, and the
 * rest to GPT-2's choices with an untied unembedding.
 *
 * @throws {RangeError} With the field, what was required of it and what was given.
 */
export function makeConfig(input: ConfigInput): Config {
  const config: Config = {
    ...DEFAULTS,
    d_head: input.d_model / input.n_heads,
    d_mlp: 4 * input.d_model,
    ...input,
  };
  checkFields(config);
  checkSizes(config);
  for (const [field, allowed] of Object.entries(CHOICES)) {
    const given = config[field as keyof Config];
    check(allowed.includes(given), field, `one of ${allowed.join(", ")}`, given);
  }
  return Object.freeze(config);
}

function checkFields(config: Config): void {
  const known = [
    "n_layers",
    "eps",
    "position_base",
    "position_step",
    ...SIZES,
    ...Object.keys(CHOICES),
  ];
  const unknown = Object.keys(config).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw new RangeError(
    `Bad config: no field is called ${unknown}; there are ${known.join(", ")}`,
  );
}

function checkSizes(config: Config): void {
  const whole = (value: unknown, least: number) =>
    Number.isSafeInteger(value) && (value as number) >= least;
  check(whole(config.n_layers, 0), "n_layers", "a whole number of at least 0", config.n_layers);
  for (const field of SIZES) {
    check(whole(config[field], 1), field, "a whole number of at least 1", config[field]);
  }
  for (const field of ["eps", "position_base", "position_step"] as const) {
    const ok = Number.isFinite(config[field]) && config[field] > 0;
    check(ok, field, "a finite number above 0", config[field]);
  }
  const pairs = config.positions !== "rotary" || config.d_head % 2 === 0;
  check(pairs, "d_head", "even, because rotary positions turn pairs of coordinates", config.d_head);
  const evenStream = config.positions !== "sinusoidal" || config.d_model % 2 === 0;
  check(evenStream, "d_model", "even, because each wave is a sine and a cosine", config.d_model);
}

function check(ok: boolean, field: string, required: string, given: unknown): void {
  if (!ok) throw new RangeError(`Bad config: ${field} must be ${required}, got ${String(given)}`);
}
