import { stack } from "../../tensor/rows.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { parameterShapes } from "../params.ts";

/** One tensor of a Hugging Face GPT-2, and the parameters of ours that it holds. */
export interface Layout {
  /** Our parameters, all of one shape. */
  readonly holds: readonly string[];
  /** The shape of ours, stacked on a new first axis. */
  readonly stacked: readonly number[];
  /** The axes of the stack in their order. */
  readonly axes: readonly number[];
  /** Their shape: those axes, some of them run together. */
  readonly shape: readonly number[];
}

/** The names of the embedding and of the unembedding, which are one tensor where tied. */
export const EMBED = "wte.weight";
export const UNEMBED = "lm_head.weight";

/** Where every parameter of a config lies in the files of a GPT-2, by their names. */
export function layouts(config: Config): Record<string, Layout> {
  const ours = parameterShapes(config);
  const { d_model, n_heads, d_head, d_vocab } = config;
  const width = n_heads * d_head;
  const all: Record<string, Layout> = {};
  /** Adds a tensor, if the config has the parameters that it would hold. */
  const add = (
    name: string,
    holds: readonly string[],
    shape = ours[holds[0]],
    axes?: readonly number[],
  ) => {
    if (!(holds[0] in ours)) return;
    const stacked = [holds.length, ...ours[holds[0]]];
    all[name] = { holds, stacked, axes: axes ?? stacked.map((_, axis) => axis), shape };
  };
  add(EMBED, ["embed.W_E"]);
  add("wpe.weight", ["pos_embed.W_pos"]);
  for (let layer = 0; layer < config.n_layers; layer++) {
    const [theirs, block] = [`h.${layer}`, `blocks.${layer}`];
    const heads = (kind: string) => ["Q", "K", "V"].map((x) => `${block}.attn.${kind}_${x}`);
    add(`${theirs}.ln_1.weight`, [`${block}.ln1.w`]);
    add(`${theirs}.ln_1.bias`, [`${block}.ln1.b`]);
    // Ours three of [n_heads, d_model, d_head]; theirs side by side, each head after head.
    add(`${theirs}.attn.c_attn.weight`, heads("W"), [d_model, 3 * width], [2, 0, 1, 3]);
    add(`${theirs}.attn.c_attn.bias`, heads("b"), [3 * width]);
    add(`${theirs}.attn.c_proj.weight`, [`${block}.attn.W_O`], [width, d_model]);
    add(`${theirs}.attn.c_proj.bias`, [`${block}.attn.b_O`]);
    add(`${theirs}.ln_2.weight`, [`${block}.ln2.w`]);
    add(`${theirs}.ln_2.bias`, [`${block}.ln2.b`]);
    add(`${theirs}.mlp.c_fc.weight`, [`${block}.mlp.W_in`]);
    add(`${theirs}.mlp.c_fc.bias`, [`${block}.mlp.b_in`]);
    add(`${theirs}.mlp.c_proj.weight`, [`${block}.mlp.W_out`]);
    add(`${theirs}.mlp.c_proj.bias`, [`${block}.mlp.b_out`]);
  }
  add("ln_f.weight", ["ln_final.w"]);
  add("ln_f.bias", ["ln_final.b"]);
  add(UNEMBED, ["unembed.W_U"], [d_vocab, d_model], [0, 2, 1]);
  add("lm_head.bias", ["unembed.b_U"]);
  return all;
}

/** From our parameters to their tensor. */
export function pack({ axes, shape }: Layout, ours: readonly Tensor[]): Tensor {
  return stack(ours).transpose(...axes).reshape(...shape);
}

/** And back, in the order of `holds`. */
export function unpack({ stacked, axes }: Layout, theirs: Tensor): Tensor[] {
  const permuted = theirs.reshape(...axes.map((axis) => stacked[axis]));
  const all = permuted.transpose(...axes.map((_, axis) => axes.indexOf(axis)));
  return Array.from({ length: stacked[0] }, (_, i) => all.get(i));
}
