import type { Tensor } from "../../tensor/mod.ts";
import type { Config } from "../config.ts";
import type { Weights } from "../params.ts";
import { fromTensors, type Layout, Layouts, type Naming, toTensors } from "./layout.ts";
import type { StoredTensor } from "./safetensors.ts";

/** Buffers of real checkpoints that hold no parameter: the causal mask and its fill value. */
const BUFFER = /^(transformer\.)?h\.\d+\.attn\.(bias|masked_bias)$/;

/** Whether a tensor of a Hugging Face GPT-2 checkpoint is a buffer, which nothing is read from. */
export function isGpt2Buffer(name: string): boolean {
  return BUFFER.test(name);
}

/**
 * Our weights under the names and in the shapes of a Hugging Face GPT-2 checkpoint: queries, keys
 * and values are packed into one `c_attn`, heads side by side. What GPT-2 lacks gets the nearest
 * name: the bias of an untied unembedding is `lm_head.bias`, a full W_QK is `c_qk.weight`.
 *
 * @throws {ModelFileError} If a parameter that the config implies is missing, is of another
 * shape, or is one too many.
 */
export function toGpt2Tensors(config: Config, weights: Weights): Record<string, Tensor> {
  return toTensors(gpt2Naming, config, weights);
}

/**
 * Our weights from the tensors of a Hugging Face GPT-2 checkpoint; the inverse of
 * {@linkcode toGpt2Tensors}. Names may begin with `transformer.`, as they do in checkpoints of
 * `GPT2LMHeadModel`; mask buffers are ignored; of a tied pair either tensor is enough.
 *
 * @throws {ModelFileError} If a tensor that the config implies is missing, is of another shape,
 * or is one too many.
 */
export function fromGpt2Tensors(
  config: Config,
  tensors: ReadonlyMap<string, StoredTensor>,
): Weights {
  return fromTensors(gpt2Naming, config, tensors);
}

/** How a Hugging Face GPT-2 calls its tensors. */
export const gpt2Naming: Naming = {
  family: "GPT-2",
  prefix: "transformer.",
  isBuffer: isGpt2Buffer,
  embed: "wte.weight",
  unembed: "lm_head.weight",
  layouts,
};

function layouts(config: Config): Record<string, Layout> {
  const found = new Layouts(config);
  found.add(gpt2Naming.embed, ["embed.W_E"]);
  found.add("wpe.weight", ["pos_embed.W_pos"]);
  for (let layer = 0; layer < config.n_layers; layer++) addBlock(found, config, layer);
  found.add("ln_f.weight", ["ln_final.w"]);
  found.add("ln_f.bias", ["ln_final.b"]);
  found.add(gpt2Naming.unembed, ["unembed.W_U"], [config.d_vocab, config.d_model], [0, 2, 1]);
  found.add("lm_head.bias", ["unembed.b_U"]);
  return found.all;
}

function addBlock(found: Layouts, config: Config, layer: number): void {
  const { d_model, n_heads, n_key_value_heads, d_head } = config;
  const [theirs, block] = [`h.${layer}`, `blocks.${layer}`];
  /** Queries, keys and values are one tensor, unless there are fewer keys and values. */
  const joined = n_key_value_heads === n_heads ? { c_attn: "QKV" } : { c_q: "Q", c_kv: "KV" };
  found.add(`${theirs}.ln_1.weight`, [`${block}.ln1.w`]);
  found.add(`${theirs}.ln_1.bias`, [`${block}.ln1.b`]);
  found.add(`${theirs}.attn.c_qk.weight`, [`${block}.attn.W_QK`]);
  for (const [name, letters] of Object.entries(joined)) {
    const holds = (kind: string) =>
      [...letters].map((x) => `${block}.attn.${kind}_${x}`).filter((ours) => found.has(ours));
    const columns = holds("W").length * d_head * (letters === "KV" ? n_key_value_heads : n_heads);
    // Ours [heads, d_model, d_head] each; theirs side by side, each head after head.
    found.add(`${theirs}.attn.${name}.weight`, holds("W"), [d_model, columns], [2, 0, 1, 3]);
    found.add(`${theirs}.attn.${name}.bias`, holds("b"), [columns]);
  }
  found.add(`${theirs}.attn.c_proj.weight`, [`${block}.attn.W_O`], [n_heads * d_head, d_model]);
  found.add(`${theirs}.attn.c_proj.bias`, [`${block}.attn.b_O`]);
  found.add(`${theirs}.ln_2.weight`, [`${block}.ln2.w`]);
  found.add(`${theirs}.ln_2.bias`, [`${block}.ln2.b`]);
  for (const [name, part] of Object.entries({ c_gate: "gate", c_fc: "in", c_proj: "out" })) {
    found.add(`${theirs}.mlp.${name}.weight`, [`${block}.mlp.W_${part}`]);
    found.add(`${theirs}.mlp.${name}.bias`, [`${block}.mlp.b_${part}`]);
  }
}
