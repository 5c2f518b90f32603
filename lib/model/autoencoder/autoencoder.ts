import { type Dim, Graph } from "../../onnx/mod.ts";
import { Random, Tensor } from "../../tensor/mod.ts";
import type { Weights } from "../params.ts";

/** The shape of a toy autoencoder, and of the examples that it is to rebuild. */
export interface AutoencoderConfig {
  /** Numbers in an example. */
  readonly n_features: number;
  /** Numbers that it must pass through. */
  readonly d_hidden: number;
  /** The probability that a feature of an example is zero; where not, it is uniform on [0, 1). */
  readonly sparsity: number;
  /** Feature i counts `decay ** i` in the loss. */
  readonly decay: number;
}

/**
 * The autoencoder of "Toy Models of Superposition" (Elhage et al., 2022, arXiv:2209.10652): it gives
 * back `ReLU(W^T W x + b)`, having squeezed x through fewer dimensions than x has features.
 */
export interface Autoencoder {
  /** What reports and errors call it. */
  readonly name: string;
  /** Its shape, and that of its examples. */
  readonly config: AutoencoderConfig;
  /** `W` [d_hidden, n_features], whose columns are the features' directions, and `b` [n_features]. */
  readonly weights: Weights;
}

/**
 * An autoencoder of these weights.
 *
 * @throws {RangeError} If W or b is missing, has another shape, or something is one too many.
 */
export function makeAutoencoder(
  name: string,
  config: AutoencoderConfig,
  weights: Weights,
): Autoencoder {
  const given = Object.keys(weights).sort().map((key) => `${key} [${weights[key].shape}]`);
  const { n_features, d_hidden } = config;
  const required = [`W [${d_hidden},${n_features}]`, `b [${n_features}]`];
  if (`${given}` === `${required}`) return { name, config, weights };
  throw new RangeError(`Cannot make ${name}: ${required} are required, got ${given}`);
}

/** Weights before training: W from N(0, 2 / (n_features + d_hidden)), as in the paper, and b zero. */
export function initialAutoencoderWeights(
  { n_features, d_hidden }: AutoencoderConfig,
  seed: number | string,
): Weights {
  const std = Math.sqrt(2 / (n_features + d_hidden));
  return {
    W: new Random(seed).normalTensor([d_hidden, n_features], std),
    b: Tensor.full([n_features]),
  };
}

/** Examples as the config says they are: [count, n_features]. */
export function drawFeatures(
  { n_features, sparsity }: AutoencoderConfig,
  count: number,
  random: Random,
): Tensor {
  const x = Tensor.full([count, n_features]);
  for (let i = 0; i < x.size; i++) {
    if (random.uniform() >= sparsity) x.data[i] = random.uniform();
  }
  return x;
}

/** How much each feature counts in the loss: [n_features]. */
export function importances({ n_features, decay }: AutoencoderConfig): number[] {
  return Array.from({ length: n_features }, (_, i) => decay ** i);
}

/** Its graph: from `x` and the inputs `W` and `b` to `hidden` and `output`. */
export function autoencoderGraph(
  { n_features, d_hidden }: AutoencoderConfig,
  examples: Dim = "examples",
): Graph {
  const g = new Graph();
  const x = g.input("x", "float32", [examples, n_features]);
  const W = g.input("W", "float32", [d_hidden, n_features]);
  const b = g.input("b", "float32", [n_features]);
  const hidden = g.name(g.matmul(x, g.transpose(W, 1, 0)), "hidden"); // [examples, d_hidden]
  const rebuilt = g.add(g.matmul(hidden, W), b); // [examples, n_features]
  g.name(g.unary("Relu", rebuilt), "output");
  return g;
}

/** The same in plain loops and 64 bits, for one example: its features, rebuilt. */
export function reconstruct(
  { config: { n_features, d_hidden }, weights: { W, b } }: Autoencoder,
  x: readonly number[],
): number[] {
  const output = Array.from(b.data);
  for (let h = 0; h < d_hidden; h++) {
    let hidden = 0;
    for (let i = 0; i < n_features; i++) hidden += W.at(h, i) * x[i];
    for (let i = 0; i < n_features; i++) output[i] += W.at(h, i) * hidden;
  }
  return output.map((value) => Math.max(0, value));
}
