import { ModelFileError, refuse } from "./file_error.ts";
import { unknownField } from "../checks.ts";
import { type Config, type ConfigInput, makeConfig } from "../config.ts";
import { isObject, refuseFault } from "./json.ts";

const FILE = "config.json";

/** The keys of a GPT-2 `config.json` and the fields of ours that they hold. */
const REQUIRED = {
  n_layer: "n_layers",
  n_embd: "d_model",
  n_head: "n_heads",
  vocab_size: "d_vocab",
  n_positions: "n_ctx",
} as const;
const OPTIONAL = {
  n_inner: "d_mlp",
  activation_function: "act_fn",
  layer_norm_epsilon: "eps",
  tie_word_embeddings: "tied",
} as const;

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

/** Keys that would change what GPT-2 computes, and the only value that is supported. */
const FIXED: Readonly<Record<string, unknown>> = {
  model_type: "gpt2",
  scale_attn_weights: true,
  scale_attn_by_inverse_layer_idx: false,
  add_cross_attention: false,
};

/**
 * Our config from a Hugging Face GPT-2 `config.json`. What the file leaves out or sets to null
 * gets GPT-2's value, which includes a tied unembedding; what does not change the computation
 * (dropout, task settings) is ignored. Positions, normalization and whatever else GPT-2 has no
 * choice in are read from the key `transformer_spec`, where there is one.
 *
 * @param json The parsed file.
 * @throws {ModelFileError} If a size is missing, a value is bad, or the file asks for a
 * computation that is not GPT-2's.
 */
export function fromGpt2Config(json: unknown): Config {
  if (!isObject(json)) refuse(FILE, "the file", "a JSON object", json);
  for (const [key, supported] of Object.entries(FIXED)) {
    const given = json[key] ?? supported;
    if (given !== supported) refuse(FILE, key, String(supported), given);
  }
  const fields: Record<string, unknown> = { tied: true, ...readOurs(json[OURS]) };
  for (const [key, field] of Object.entries(REQUIRED)) {
    if (json[key] === undefined) refuse(FILE, key, "present", undefined);
    fields[field] = json[key];
  }
  for (const [key, field] of Object.entries(OPTIONAL)) {
    if (json[key] !== undefined && json[key] !== null) fields[field] = json[key];
  }
  try {
    return makeConfig(fields as unknown as ConfigInput);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`Cannot read ${FILE}: ${reason}`, { cause });
  }
}

/**
 * A config as a Hugging Face GPT-2 `config.json`, ready for `JSON.stringify`; the inverse of
 * {@linkcode fromGpt2Config}. Every field is written out, so that no reader needs our defaults;
 * but for some where they are as in every GPT-2: `query_key`, `n_key_value_heads`, `gated_mlp` and
 * how rotary positions are scaled and paired.
 */
export function toGpt2Config(config: Config): Record<string, unknown> {
  const json: Record<string, unknown> = { model_type: "gpt2" };
  for (const [key, field] of Object.entries({ ...REQUIRED, ...OPTIONAL })) {
    json[key] = config[field];
  }
  const usual: Partial<Config> = { ...USUAL, n_key_value_heads: config.n_heads };
  json[OURS] = Object.fromEntries(
    OUR_FIELDS.filter((field) => config[field] !== usual[field])
      .map((field) => [field, config[field]]),
  );
  return json;
}

function readOurs(given: unknown): Record<string, unknown> {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) refuse(FILE, OURS, "an object", given);
  refuseFault(FILE, unknownField(given, OUR_FIELDS), OURS);
  return given;
}
