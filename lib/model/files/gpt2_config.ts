import { oneOf, unknownField } from "../checks.ts";
import { type Config, type ConfigInput, makeConfig } from "../config.ts";
import {
  actFn,
  activation,
  asFileError,
  CONFIG_FILE,
  count,
  countOrNull,
  flag,
  nothing,
  only,
  positiveNumber,
  readKeys,
} from "./config_keys.ts";
import { refuse } from "./file_error.ts";
import { isObject, refuseFault } from "./json.ts";

/** What a GPT-2 `config.json` has no key for; kept together under one key of our own. */
const OURS = "transformer_spec";
const OUR_FIELDS = [
  "d_head",
  "positions",
  "normalization",
  "attn_only",
  "causal",
  "biases",
  "position_base",
  "position_step",
  "unembed_bias",
  "query_key",
  "n_key_value_heads",
  "gated_mlp",
  "position_scaling",
  "rotary_adjacent_pairs",
] as const;

/** Those of them that are written only where they differ from this, or from `n_heads`. */
const USUAL = {
  query_key: "pair",
  gated_mlp: false,
  position_scaling: null,
  rotary_adjacent_pairs: false,
} as const;

/** The keys of a GPT-2 `config.json`, with the defaults of Hugging Face's `GPT2Config`. */
const KEYS = {
  model_type: [oneOf("gpt2", OURS), "gpt2"],
  n_layer: count(0),
  n_embd: count(),
  n_head: count(),
  vocab_size: count(),
  n_positions: count(),
  n_inner: countOrNull,
  activation_function: activation("gelu_new"),
  layer_norm_epsilon: positiveNumber(1e-5),
  tie_word_embeddings: flag(true),
  scale_attn_weights: only(true),
  scale_attn_by_inverse_layer_idx: only(false),
  add_cross_attention: only(false),
  pruned_heads: nothing,
  quantization_config: nothing,
} as const;

/** The fields of ours that they hold, in the order in which they are written. */
const FIELDS = {
  n_layer: "n_layers",
  n_embd: "d_model",
  n_head: "n_heads",
  vocab_size: "d_vocab",
  n_positions: "n_ctx",
  n_inner: "d_mlp",
  activation_function: "act_fn",
  layer_norm_epsilon: "eps",
  tie_word_embeddings: "tied",
} as const;

/**
 * Our config from a Hugging Face GPT-2 `config.json`. What the file leaves out gets GPT-2's value,
 * which includes a tied unembedding; what does not change the computation (dropout, task settings)
 * is ignored. Positions, normalization and whatever else GPT-2 has no choice in are read from the
 * key `transformer_spec`, where there is one.
 *
 * @param json The parsed file.
 * @throws {ModelFileError} If a size is missing, a value is bad, or the file asks for a
 * computation that is not GPT-2's.
 */
export function fromGpt2Config(json: unknown): Config {
  const keys = readKeys(json, KEYS);
  const ours = readOurs((json as Record<string, unknown>)[OURS]);
  const [width, heads] = [keys.n_embd as number, keys.n_head as number];
  if (ours.d_head === undefined && width % heads !== 0) {
    refuse(CONFIG_FILE, "n_embd", `a multiple of n_head, which is ${heads}`, width);
  }
  const fields: Record<string, unknown> = {
    // Hugging Face's unembedding has no bias; in files of ours it was there before it had a name.
    ...(isPlain(json) ? { unembed_bias: keys.tie_word_embeddings } : {}),
    ...ours,
  };
  for (const [key, field] of Object.entries(FIELDS)) fields[field] = keys[key as keyof typeof KEYS];
  fields.act_fn = actFn(keys.activation_function);
  fields.d_mlp ??= 4 * width;
  return asFileError(() => makeConfig(fields as unknown as ConfigInput));
}

/**
 * A config as a Hugging Face GPT-2 `config.json`, ready for `JSON.stringify`; the inverse of
 * {@linkcode fromGpt2Config}. Where a GPT-2 cannot be what it says, `model_type` is our own, so that
 * nobody takes it for one, and `transformer_spec` holds the rest.
 */
export function toGpt2Config(config: Config): Record<string, unknown> {
  const json: Record<string, unknown> = { model_type: "gpt2" };
  for (const [key, field] of Object.entries(FIELDS)) json[key] = config[field];
  if (isGpt2(config)) return json;
  const usual: Partial<Config> = { ...USUAL, n_key_value_heads: config.n_heads };
  const ours = OUR_FIELDS.filter((field) => config[field] !== usual[field])
    .map((field) => [field, config[field]]);
  return { ...json, model_type: OURS, [OURS]: Object.fromEntries(ours) };
}

/** Whether a plain GPT-2 is the same model, in every field. */
export function isGpt2(config: Config): boolean {
  const { n_layers, d_model, n_heads, d_head, d_vocab, n_ctx, tied } = config;
  if (d_model !== n_heads * d_head) return false;
  const sizes = { n_layers, d_model, n_heads, d_vocab, n_ctx };
  const plain = makeConfig({ ...sizes, unembed_bias: tied });
  return OUR_FIELDS.every((field) => plain[field] === config[field]);
}

function isPlain(json: unknown): boolean {
  return isObject(json) && (json[OURS] ?? undefined) === undefined;
}

function readOurs(given: unknown): Record<string, unknown> {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) refuse(CONFIG_FILE, OURS, "an object", given);
  refuseFault(CONFIG_FILE, unknownField(given, OUR_FIELDS), OURS);
  return given;
}
