/**
 * A transformer as a value: config, hooks, weights, the graph that is made of them, the files that
 * they lie in, and the same function in other forms. Nothing here runs one: `run` does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { buildGraph, hooksOf, makeConfig, makeModel, randomWeights } from "./mod.ts";
 *
 * const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 11, n_ctx: 5 });
 * const model = makeModel("small", config, randomWeights(config, 1));
 * const pattern = buildGraph(model).find("blocks.0.attn.hook_pattern");
 * assertEquals(pattern?.shape, ["batch", 2, "pos", "pos"]);
 * assertEquals(hooksOf(config)[0], { name: "hook_embed", axes: ["batch", "pos", "d_model"] });
 * ```
 *
 * @module
 */
export type { Autoencoder, AutoencoderConfig } from "./autoencoder/autoencoder.ts";
export { toyAutoencoder } from "./autoencoder/files.ts";
export type { CheckpointFiles } from "./checkpoint/files.ts";
export { type Checkpoint, openCheckpoint } from "./checkpoint/open_checkpoint.ts";
export { exportCheckpoint, type ExportedFiles } from "./checkpoint/export_checkpoint.ts";
export { type Config, type ConfigInput, makeConfig, type Positions, SCHEMES } from "./config.ts";
export {
  type Multiplications,
  multiplications,
  type ParameterCount,
  parameterCount,
} from "./count.ts";
export type { Card, CardData, CardFigure } from "./files/card.ts";
export { ModelFileError } from "./files/file_error.ts";
export type { AnyModel, Format } from "./files/format.ts";
export { gpt2 } from "./files/gpt2.ts";
export { loadModel, type LoadOptions, readCard, type ReadFile } from "./files/load_model.ts";
export { onnxFile } from "./files/onnx_file.ts";
export { type SavedModel, saveModel } from "./files/save_model.ts";
export {
  type Buildable,
  buildGraph,
  type BuildOptions,
  buildParts,
  STREAM,
} from "./graph/build.ts";
export type { BuildContext } from "./graph/context.ts";
export { alibiSlopes } from "./graph/positions.ts";
export { type Rewrite, rewriteAt } from "./graph/rewrite.ts";
export { type Head, headsOf, keyHeadOf } from "./heads.ts";
export {
  attentionInput,
  type Axis,
  type Hook,
  hookOf,
  hooksLike,
  hooksOf,
  inEachBlock,
  streamHooks,
} from "./hooks.ts";
export { initialWeights, randomWeights } from "./init.ts";
export { makeModel, type Model } from "./model.ts";
export type { Llama3Scaling, PositionScaling, YarnScaling } from "./position_scaling.ts";
export { gpt2Small, llama1B } from "./presets.ts";
export { allOf, atLeast, like, type Need, needs, type Wanted } from "./needs.ts";
export { changeWeights, parameterShapes, type Weights } from "./params.ts";
export { softmax, type Vector } from "./reference/maths.ts";
export { compose, type Sabotage, sabotage, type SabotageInput } from "./sabotages/sabotage.ts";
export {
  type Bases,
  type Basis,
  identityBasis,
  inAnotherBasis,
  randomBasis,
  rotaryBasis,
} from "./variants/change_of_basis.ts";
export type { Tokenizer } from "./tokenizer/tokenizer.ts";
export { collapsed, collapsedOV, type CollapseOptions } from "./variants/collapse.ts";
export { concatenated, separated } from "./variants/concatenate.ts";
export { ownKeys } from "./variants/own_keys.ts";
export { reflectedStream } from "./variants/reflected_stream.ts";
export { splitHeads } from "./variants/split_heads.ts";
export { Unfit } from "./unfit.ts";
export { shortened } from "./variants/shorten.ts";
export { type Stretch, stretched } from "./variants/stretch.ts";
