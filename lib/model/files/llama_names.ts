import type { Config } from "../config.ts";
import { type Layout, Layouts, type Naming } from "./layout.ts";

/** Tables of old checkpoints that hold no parameter: how fast pairs of coordinates turn. */
const BUFFER = /^(model\.)?(layers\.\d+\.self_attn\.)?rotary_emb\.inv_freq$/;

/** How a Hugging Face Llama calls its tensors; its matrices are [out, in]. */
export const llamaNaming: Naming = {
  family: "Llama",
  prefix: "model.",
  isBuffer: (name) => BUFFER.test(name),
  embed: "embed_tokens.weight",
  unembed: "lm_head.weight",
  layouts,
};

function layouts(config: Config): Record<string, Layout> {
  const found = new Layouts(config);
  found.add(llamaNaming.embed, ["embed.W_E"]);
  for (let layer = 0; layer < config.n_layers; layer++) addBlock(found, config, layer);
  found.add("norm.weight", ["ln_final.w"]);
  found.add(llamaNaming.unembed, ["unembed.W_U"], [config.d_vocab, config.d_model], [0, 2, 1]);
  return found.all;
}

function addBlock(found: Layouts, config: Config, layer: number): void {
  const { d_model, d_mlp, n_heads, n_key_value_heads, d_head } = config;
  const [theirs, block] = [`layers.${layer}`, `blocks.${layer}`];
  found.add(`${theirs}.input_layernorm.weight`, [`${block}.ln1.w`]);
  for (const x of ["Q", "K", "V"]) {
    const rows = (x === "Q" ? n_heads : n_key_value_heads) * d_head; // each head after head
    const name = `${theirs}.self_attn.${x.toLowerCase()}_proj.weight`;
    found.add(name, [`${block}.attn.W_${x}`], [rows, d_model], [0, 1, 3, 2]);
  }
  const output = `${theirs}.self_attn.o_proj.weight`;
  found.add(output, [`${block}.attn.W_O`], [d_model, n_heads * d_head], [0, 3, 1, 2]);
  found.add(`${theirs}.post_attention_layernorm.weight`, [`${block}.ln2.w`]);
  for (const [name, part] of Object.entries({ gate: "gate", up: "in", down: "out" })) {
    const shape = part === "out" ? [d_model, d_mlp] : [d_mlp, d_model];
    found.add(`${theirs}.mlp.${name}_proj.weight`, [`${block}.mlp.W_${part}`], shape, [0, 2, 1]);
  }
}
