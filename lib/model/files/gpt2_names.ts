import { stack, type Tensor } from "../../tensor/mod.ts";
import type { Config } from "../config.ts";
import { misfit, parameterShapes, type Weights } from "../params.ts";
import { ModelFileError, quote } from "./file_error.ts";

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
  const problem = misfit(parameterShapes(config), weights);
  if (problem) fail("write", problem);
  return Object.fromEntries(
    Object.entries(layouts(config)).map(([name, layout]) => {
      return [name, pack(layout, layout.holds.map((ours) => weights[ours]))];
    }),
  );
}

/**
 * Our weights from the tensors of a Hugging Face GPT-2 checkpoint; the inverse of
 * {@linkcode toGpt2Tensors}. Names may begin with `transformer.`, as they do in checkpoints of
 * `GPT2LMHeadModel`; mask buffers are ignored, and so is a copy of the embedding that a tied
 * model keeps as `lm_head.weight`.
 *
 * @throws {ModelFileError} If a tensor that the config implies is missing, is of another shape,
 * or is one too many.
 */
export function fromGpt2Tensors(config: Config, tensors: ReadonlyMap<string, Tensor>): Weights {
  if (config.n_layers > tensors.size) { // or a mistyped config would be laid out in full first
    fail("read", `${config.n_layers} layers need more tensors than the ${tensors.size} given`);
  }
  const theirs = withoutPrefix(tensors);
  if (config.tied) dropTiedCopy(theirs);
  const layout = layouts(config);
  const shapes = Object.entries(layout).map(([name, { shape }]) => [name, shape] as const);
  const problem = misfit(Object.fromEntries(shapes), Object.fromEntries(theirs));
  if (problem) fail("read", problem);
  const found: Record<string, Tensor> = {};
  for (const [name, each] of Object.entries(layout)) {
    unpack(each, theirs.get(name)!).forEach((tensor, i) => found[each.holds[i]] = tensor);
  }
  const order = Object.keys(parameterShapes(config));
  return Object.fromEntries(order.map((name) => [name, found[name]]));
}

function withoutPrefix(tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const bare = new Map<string, Tensor>();
  for (const [name, tensor] of tensors) {
    if (isGpt2Buffer(name)) continue;
    const short = name.replace(/^transformer\./, "");
    if (bare.has(short)) fail("read", `tensor ${quote(short)} is there with and without prefix`);
    bare.set(short, tensor);
  }
  return bare;
}

/** Some checkpoints of tied models store the embedding twice; a different one is not a copy. */
function dropTiedCopy(tensors: Map<string, Tensor>): void {
  const copy = tensors.get(UNEMBED);
  const embed = tensors.get(EMBED);
  if (copy === undefined || embed === undefined) return;
  const equal = copy.size === embed.size && copy.data.every((x, i) => Object.is(x, embed.data[i]));
  if (!equal) {
    fail("read", `tensor ${UNEMBED} of a tied model must equal ${EMBED} or be absent`);
  }
  tensors.delete(UNEMBED);
}

function fail(action: "read" | "write", problem: string): never {
  throw new ModelFileError(`Cannot ${action} GPT-2 weights: ${problem}`);
}

/** One tensor of a Hugging Face GPT-2, and the parameters of ours that it holds. */
interface Layout {
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
const EMBED = "wte.weight";
const UNEMBED = "lm_head.weight";

/** Where every parameter of a config lies in the files of a GPT-2, by their names. */
function layouts(config: Config): Record<string, Layout> {
  const ours = parameterShapes(config);
  const { d_model, n_heads, n_key_value_heads, d_head, d_vocab } = config;
  const width = n_heads * d_head;
  /** Queries, keys and values are one tensor, unless there are fewer keys and values. */
  const joined = n_key_value_heads === n_heads ? { c_attn: "QKV" } : { c_q: "Q", c_kv: "KV" };
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
    add(`${theirs}.ln_1.weight`, [`${block}.ln1.w`]);
    add(`${theirs}.ln_1.bias`, [`${block}.ln1.b`]);
    add(`${theirs}.attn.c_qk.weight`, [`${block}.attn.W_QK`]);
    for (const [name, letters] of Object.entries(joined)) {
      const holds = (kind: string) =>
        [...letters].map((x) => `${block}.attn.${kind}_${x}`).filter((name) => name in ours);
      const heads = holds("W").length * (letters === "KV" ? n_key_value_heads : n_heads);
      // Ours [heads, d_model, d_head] each; theirs side by side, each head after head.
      add(`${theirs}.attn.${name}.weight`, holds("W"), [d_model, heads * d_head], [2, 0, 1, 3]);
      add(`${theirs}.attn.${name}.bias`, holds("b"), [heads * d_head]);
    }
    add(`${theirs}.attn.c_proj.weight`, [`${block}.attn.W_O`], [width, d_model]);
    add(`${theirs}.attn.c_proj.bias`, [`${block}.attn.b_O`]);
    add(`${theirs}.ln_2.weight`, [`${block}.ln2.w`]);
    add(`${theirs}.ln_2.bias`, [`${block}.ln2.b`]);
    add(`${theirs}.mlp.c_gate.weight`, [`${block}.mlp.W_gate`]);
    add(`${theirs}.mlp.c_gate.bias`, [`${block}.mlp.b_gate`]);
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
function pack({ axes, shape }: Layout, ours: readonly Tensor[]): Tensor {
  return stack(ours).transpose(...axes).reshape(...shape);
}

/** And back, in the order of `holds`. */
function unpack({ stacked, axes }: Layout, theirs: Tensor): Tensor[] {
  const permuted = theirs.reshape(...axes.map((axis) => stacked[axis]));
  const all = permuted.transpose(...axes.map((_, axis) => axes.indexOf(axis)));
  return Array.from({ length: stacked[0] }, (_, i) => all.get(i));
}
