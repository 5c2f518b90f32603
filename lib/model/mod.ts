/** Transformers as values: config, weights, hooks, the graph, and ways to break them. */
export {
  type Autoencoder,
  type AutoencoderConfig,
  autoencoderGraph,
  drawFeatures,
  importances,
  initialAutoencoder,
  makeAutoencoder,
  rebuild,
} from "./autoencoder/autoencoder.ts";
export { toyAutoencoder } from "./autoencoder/files.ts";
export { type Buildable, buildGraph, type BuildOptions } from "./graph/build.ts";
export { collapsed, type CollapseOptions, oneMatrix } from "./variants/collapse.ts";
export { type Card, type CardData, type CardFigure, parseCard } from "./files/card.ts";
export { ModelFileError } from "./files/file_error.ts";
export type { Format, Made } from "./files/format.ts";
export { gpt2 } from "./files/gpt2.ts";
export { loadModel, type LoadOptions, readCard, type ReadFile } from "./files/load_model.ts";
export { type SavedModel, saveModel } from "./files/save_model.ts";
export { concatenated, separated } from "./variants/concatenate.ts";
export { type Config, type ConfigInput, makeConfig, type Positions } from "./config.ts";
export {
  type Multiplications,
  multiplications,
  type ParameterCount,
  parameterCount,
} from "./count.ts";
export { gpt2Small } from "./gpt2_small.ts";
export { type Head, headsOf } from "./heads.ts";
export { type Axis, type Hook, hookOf, hooksOf, inEachBlock, streamHooks } from "./hooks.ts";
export { initialWeights, randomWeights } from "./init.ts";
export { makeModel, type Model } from "./model.ts";
export { type Need, needs } from "./needs.ts";
export { parameterShapes, type Weights } from "./params.ts";
export {
  crossEntropy,
  type Float64Numbers,
  type Numbers,
  reference,
  type ReferenceActivations,
  type ReferenceModel,
} from "./reference/reference.ts";
export {
  anyBasis,
  type Bases,
  type Basis,
  rebased,
  sameBasis,
  turningBasis,
} from "./variants/rebase.ts";
export { readSafetensors, type Safetensors, writeSafetensors } from "./files/safetensors.ts";
export { compose, type Sabotage, sabotage, type SabotageInput } from "./sabotages/sabotage.ts";
export { splitHeads } from "./variants/split_heads.ts";
export { betweenRows, type Stretch, stretched } from "./variants/stretch.ts";
export type { BuildContext } from "./graph/context.ts";
export { type Rewrite, rewriteAt } from "./graph/rewrite.ts";
