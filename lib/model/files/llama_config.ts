import { type Config, makeConfig } from "../config.ts";
import {
  actFn,
  activation,
  asFileError,
  CONFIG_FILE,
  count,
  countOrNull,
  flag,
  type Key,
  nothing,
  only,
  positiveNumber,
  readKeys,
} from "./config_keys.ts";
import { refuse } from "./file_error.ts";
import { readRope } from "./rope.ts";

/** The keys of a Llama `config.json`, with the defaults of Hugging Face's `LlamaConfig`. */
const LLAMA = {
  num_hidden_layers: count(0),
  hidden_size: count(),
  intermediate_size: count(),
  num_attention_heads: count(),
  vocab_size: count(),
  max_position_embeddings: count(),
  num_key_value_heads: countOrNull,
  head_dim: countOrNull,
  hidden_act: activation("silu"),
  rms_norm_eps: positiveNumber(1e-6),
  tie_word_embeddings: flag(false),
  attention_bias: only(false),
  mlp_bias: only(false),
  sliding_window: countOrNull,
  partial_rotary_factor: [[(value) => value === 1, "1"], 1],
  quantization_config: nothing,
} as const satisfies Record<string, Key>;

/** Mistral's is the same but for what files may leave out. */
const MISTRAL = {
  ...LLAMA,
  num_key_value_heads: [countOrNull[0], 8],
  sliding_window: [countOrNull[0], 4096],
} as const satisfies Record<string, Key>;

/**
 * Our config from a Hugging Face Llama `config.json`. What the file leaves out gets Llama's value;
 * what does not change the computation is ignored.
 *
 * @param json The parsed file.
 * @throws {ModelFileError} If a size is missing, a value is bad, or the file asks for a computation
 * that is not Llama's: it names the key.
 */
export function fromLlamaConfig(json: unknown): Config {
  return read(json, LLAMA);
}

/** The same of a Mistral, whose sliding window must be none, or no shorter than the texts. */
export function fromMistralConfig(json: unknown): Config {
  return read(json, MISTRAL);
}

function read(json: unknown, table: typeof LLAMA | typeof MISTRAL): Config {
  const keys = readKeys(json, table) as Record<keyof typeof LLAMA, number | null>;
  const { hidden_size: d_model, num_attention_heads: n_heads } = keys as Record<string, number>;
  const n_ctx = keys.max_position_embeddings!;
  const n_key_value_heads = keys.num_key_value_heads ?? n_heads;
  if (n_heads % n_key_value_heads !== 0) {
    const required = `a divisor of num_attention_heads, which is ${n_heads}`;
    refuse(CONFIG_FILE, "num_key_value_heads", required, n_key_value_heads);
  }
  if (keys.sliding_window !== null && keys.sliding_window < n_ctx) {
    const required = `null or at least max_position_embeddings, which is ${n_ctx}`;
    refuse(CONFIG_FILE, "sliding_window", required, keys.sliding_window);
  }
  return asFileError(() =>
    makeConfig({
      n_layers: keys.num_hidden_layers!,
      d_model,
      n_heads,
      n_key_value_heads,
      d_head: headWidth(keys.head_dim, d_model, n_heads),
      d_mlp: keys.intermediate_size!,
      d_vocab: keys.vocab_size!,
      n_ctx,
      act_fn: actFn(keys.hidden_act),
      eps: keys.rms_norm_eps!,
      tied: keys.tie_word_embeddings as unknown as boolean,
      ...LLAMA_PARTS,
      ...readRope(json as Record<string, unknown>, n_ctx),
    })
  );
}

/** What every Llama has. */
export const LLAMA_PARTS = {
  normalization: "RMS",
  positions: "rotary",
  rotary_adjacent_pairs: false,
  query_key: "pair",
  gated_mlp: true,
  attn_only: false,
  causal: true,
  biases: false,
} as const;

function headWidth(head_dim: number | null, d_model: number, n_heads: number): number {
  if (head_dim === null && d_model % n_heads !== 0) {
    const required = `a multiple of num_attention_heads, which is ${n_heads}`;
    refuse(CONFIG_FILE, "hidden_size", required, d_model);
  }
  const width = head_dim ?? d_model / n_heads;
  if (width % 2 === 0) return width;
  const key = head_dim === null ? "hidden_size / num_attention_heads" : "head_dim";
  refuse(CONFIG_FILE, key, "even, because rotary positions turn pairs of coordinates", width);
}
