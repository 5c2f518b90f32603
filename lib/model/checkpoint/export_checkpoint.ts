import type { Config } from "../config.ts";
import { ModelFileError } from "../files/file_error.ts";
import { gpt2Naming } from "../files/gpt2_names.ts";
import { toTensors } from "../files/layout.ts";
import { LLAMA_PARTS } from "../files/llama_config.ts";
import { llamaNaming } from "../files/llama_names.ts";
import { writeRope } from "../files/rope.ts";
import { writeSafetensors } from "../files/safetensors.ts";
import type { Model } from "../model.ts";
import { hasUnembedBias } from "../params.ts";

/** A model as others keep it: each file's bytes by its name. */
export type ExportedFiles = Readonly<
  Record<"config.json" | "model.safetensors", Uint8Array<ArrayBuffer>>
>;

/**
 * A model as a Hugging Face folder: a Llama's where it has RMSNorm, else a GPT-2's. Nothing in it
 * needs this project, and `openCheckpoint` gives the same weights back, bit for bit.
 *
 * @throws {ModelFileError} If such files cannot hold what the model is, with the reason, or a weight
 * is NaN or infinite.
 */
export function exportCheckpoint({ name, config, weights, rewrites }: Model): ExportedFiles {
  const llama = config.normalization === "RMS";
  const json = llama ? llamaJson(config) : gpt2Json(config);
  const reason = rewrites.length > 0 ? `it has ${rewrites.length} rewrites` : json;
  if (typeof reason === "string") {
    const kind = llama ? "Llama" : "GPT-2";
    throw new ModelFileError(`Cannot export ${name} as a Hugging Face ${kind}: ${reason}`);
  }
  const naming = llama ? llamaNaming : gpt2Naming;
  const tensors = Object.entries(toTensors(naming, config, weights)).map(([short, tensor]) => {
    return [short === naming.unembed ? short : naming.prefix + short, tensor] as const;
  });
  return {
    "config.json": new TextEncoder().encode(JSON.stringify(json, null, 2) + "\n"),
    "model.safetensors": writeSafetensors(new Map(tensors), { metadata: { format: "pt" } }),
  };
}

/** What `config.json` says, or why it cannot. */
type Json = Readonly<Record<string, unknown>> | string;

const GPT2_PARTS = {
  normalization: "LN",
  positions: "learned",
  query_key: "pair",
  gated_mlp: false,
  attn_only: false,
  causal: true,
  biases: true,
} as const;

function gpt2Json(config: Config): Json {
  const { n_heads, d_head, d_model } = config;
  const misfit = otherPart(config, { ...GPT2_PARTS, n_key_value_heads: n_heads });
  if (misfit) return misfit;
  if (hasUnembedBias(config)) return "its unembedding has a bias, unembed.b_U, which has no place";
  if (n_heads * d_head !== d_model) {
    return `its d_head must be d_model / n_heads, ${d_model} / ${n_heads}, got ${d_head}`;
  }
  return {
    architectures: ["GPT2LMHeadModel"],
    model_type: "gpt2",
    n_layer: config.n_layers,
    n_embd: d_model,
    n_head: n_heads,
    vocab_size: config.d_vocab,
    n_positions: config.n_ctx,
    n_inner: config.d_mlp,
    activation_function: config.act_fn,
    layer_norm_epsilon: config.eps,
    tie_word_embeddings: config.tied,
  };
}

function llamaJson(config: Config): Json {
  const misfit = otherPart(config, LLAMA_PARTS);
  if (misfit) return misfit;
  const rope = writeRope(config);
  if (typeof rope === "string") return rope;
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    num_hidden_layers: config.n_layers,
    hidden_size: config.d_model,
    num_attention_heads: config.n_heads,
    num_key_value_heads: config.n_key_value_heads,
    head_dim: config.d_head,
    intermediate_size: config.d_mlp,
    vocab_size: config.d_vocab,
    max_position_embeddings: config.n_ctx,
    hidden_act: config.act_fn,
    rms_norm_eps: config.eps,
    tie_word_embeddings: config.tied,
    attention_bias: false,
    mlp_bias: false,
    ...rope,
  };
}

function otherPart(config: Config, required: Partial<Config>): string | undefined {
  const fields = Object.entries(required) as [keyof Config, unknown][];
  const other = fields.find(([field, value]) => config[field] !== value);
  return other && `its ${other[0]} must be ${other[1]}, got ${config[other[0]]}`;
}
