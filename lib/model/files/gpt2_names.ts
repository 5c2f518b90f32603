import type { Tensor } from "../../tensor/tensor.ts";
import { ModelFileError, quote } from "./file_error.ts";
import type { Config } from "../config.ts";
import { EMBED, layouts, pack, UNEMBED, unpack } from "./gpt2_layouts.ts";
import { misfit, parameterShapes, type Weights } from "../params.ts";

/** Buffers of real checkpoints that hold no parameter: the causal mask and its fill value. */
const BUFFER = /^(transformer\.)?h\.\d+\.attn\.(bias|masked_bias)$/;

/** Whether a tensor of a Hugging Face GPT-2 checkpoint is a buffer, which nothing is read from. */
export function isGpt2Buffer(name: string): boolean {
  return BUFFER.test(name);
}

/**
 * Our weights under the names and in the shapes of a Hugging Face GPT-2 checkpoint: queries, keys
 * and values are packed into one `c_attn`, heads side by side. What GPT-2 lacks keeps the nearest
 * name: the bias of an untied unembedding is `lm_head.bias`.
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
