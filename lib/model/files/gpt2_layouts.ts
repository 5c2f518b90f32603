import { sizeOf, Tensor } from "../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { parameterShapes } from "../params.ts";

/** One tensor of a Hugging Face GPT-2 checkpoint, and the parameters of ours that it holds. */
export interface Layout {
  readonly shape: readonly number[];
  readonly holds: readonly string[];
  /** From our parameters to the checkpoint's tensor. */
  pack(...ours: Tensor[]): Tensor;
  /** And back, in the order of `holds`. */
  unpack(theirs: Tensor): Tensor[];
}

/** The names of the embedding and of the unembedding, which are one tensor where tied. */
export const EMBED = "wte.weight";
export const UNEMBED = "lm_head.weight";

/** Where every parameter of a config lies in a checkpoint. */
export function layouts(config: Config): Record<string, Layout> {
  const ours = parameterShapes(config);
  const all: Record<string, Layout> = {};
  /** Adds a tensor, if the config has the parameters that it would hold. */
  const add = (name: string, make: typeof same, ...holds: string[]) => {
    if (holds[0] in ours) all[name] = make(holds, ours[holds[0]]);
  };
  add(EMBED, same, "embed.W_E");
  add("wpe.weight", same, "pos_embed.W_pos");
  for (let layer = 0; layer < config.n_layers; layer++) {
    const [theirs, block] = [`h.${layer}`, `blocks.${layer}`];
    const heads = (kind: string) => ["Q", "K", "V"].map((x) => `${block}.attn.${kind}_${x}`);
    add(`${theirs}.ln_1.weight`, same, `${block}.ln1.w`);
    add(`${theirs}.ln_1.bias`, same, `${block}.ln1.b`);
    add(`${theirs}.attn.c_attn.weight`, packedWeights, ...heads("W"));
    add(`${theirs}.attn.c_attn.bias`, packedBiases, ...heads("b"));
    add(`${theirs}.attn.c_proj.weight`, headsFlattened, `${block}.attn.W_O`);
    add(`${theirs}.attn.c_proj.bias`, same, `${block}.attn.b_O`);
    add(`${theirs}.ln_2.weight`, same, `${block}.ln2.w`);
    add(`${theirs}.ln_2.bias`, same, `${block}.ln2.b`);
    add(`${theirs}.mlp.c_fc.weight`, same, `${block}.mlp.W_in`);
    add(`${theirs}.mlp.c_fc.bias`, same, `${block}.mlp.b_in`);
    add(`${theirs}.mlp.c_proj.weight`, same, `${block}.mlp.W_out`);
    add(`${theirs}.mlp.c_proj.bias`, same, `${block}.mlp.b_out`);
  }
  add("ln_f.weight", same, "ln_final.w");
  add("ln_f.bias", same, "ln_final.b");
  add(UNEMBED, transposed, "unembed.W_U");
  add("lm_head.bias", same, "unembed.b_U");
  return all;
}

function same(holds: readonly string[], shape: readonly number[]): Layout {
  return { shape, holds, pack: (ours) => ours, unpack: (theirs) => [theirs] };
}

/** Ours [d_model, d_vocab], theirs [d_vocab, d_model]. */
function transposed(holds: readonly string[], [rows, columns]: readonly number[]): Layout {
  const turn = (tensor: Tensor) => tensor.transpose(1, 0);
  return { shape: [columns, rows], holds, pack: turn, unpack: (theirs) => [turn(theirs)] };
}

/** Ours [n_heads, d_head, d_model], theirs [n_heads * d_head, d_model]: the same numbers. */
function headsFlattened(holds: readonly string[], shape: readonly number[]): Layout {
  const [n_heads, d_head, d_model] = shape;
  const flat = [n_heads * d_head, d_model];
  const unpack = (theirs: Tensor) => [theirs.reshape(...shape)];
  return { shape: flat, holds, pack: (ours) => ours.reshape(...flat), unpack };
}

/** Ours three of [n_heads, d_model, d_head], theirs [d_model, 3 * n_heads * d_head]. */
function packedWeights(holds: readonly string[], shape: readonly number[]): Layout {
  const [n_heads, d_model, d_head] = shape;
  return {
    shape: [d_model, 3 * n_heads * d_head],
    holds,
    pack(...ours) {
      const stacked = stack(ours); // [3, n_heads, d_model, d_head]
      return stacked.transpose(2, 0, 1, 3).reshape(d_model, 3 * n_heads * d_head);
    },
    unpack(theirs) {
      const split = theirs.reshape(d_model, 3, n_heads, d_head);
      return unstack(split.transpose(1, 2, 0, 3)); // three of [n_heads, d_model, d_head]
    },
  };
}

/** Ours three of [n_heads, d_head], theirs [3 * n_heads * d_head]. */
function packedBiases(holds: readonly string[], shape: readonly number[]): Layout {
  const length = 3 * sizeOf(shape);
  const unpack = (theirs: Tensor) => unstack(theirs.reshape(3, ...shape));
  return { shape: [length], holds, pack: (...ours) => stack(ours).reshape(length), unpack };
}

/** Tensors of one shape along a new first axis. */
function stack(tensors: readonly Tensor[]): Tensor {
  const [{ shape, size }] = tensors;
  const data = new Float32Array(tensors.length * size);
  tensors.forEach((tensor, i) => data.set(tensor.data, i * size));
  return new Tensor(data, [tensors.length, ...shape]);
}

function unstack(tensor: Tensor): Tensor[] {
  return Array.from({ length: tensor.shape[0] }, (_, i) => tensor.get(i));
}
