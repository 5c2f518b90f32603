import { Random, Tensor } from "../tensor/mod.ts";
import type { Config } from "./config.ts";
import { parameterShapes, type Weights } from "./params.ts";

/**
 * Weights as GPT-2's are before training (Radford et al., 2019): matrices from N(0, 0.02), those
 * that write to the stream scaled down by 1/sqrt(2 n_layers), LayerNorm weights 1, biases 0. A full
 * W_QK is drawn as wide as the product of a pair would be, so that scores begin alike: each number
 * of W_Q W_K^T is a sum of d_head products, of a standard deviation of 0.02^2 sqrt(d_head).
 */
export function initialWeights(config: Config, seed: number | string): Weights {
  return drawWeights(config, seed, (random, name, shape) => {
    if (isNormWeight(name)) return Tensor.full(shape, 1);
    if (isBias(name)) return Tensor.full(shape, 0);
    const writes = /\.W_(O|out)$/.test(name);
    const width = writes ? 0.02 / Math.sqrt(2 * config.n_layers) : 0.02;
    return random.normalTensor(shape, isFull(name) ? productOf(width, config) : width);
  });
}

/**
 * Weights in which everything is alive: N(0, 0.2), biases too, LayerNorm weights about 1. At
 * GPT-2's 0.02 the logits of a small model are all but zero, and so is every effect upon them.
 */
export function randomWeights(config: Config, seed: number | string): Weights {
  return drawWeights(
    config,
    seed,
    (random, name, shape) => {
      const width = isFull(name) ? productOf(0.2, config) : 0.2;
      return random.normalTensor(shape, width, isNormWeight(name) ? 1 : 0);
    },
  );
}

function drawWeights(
  config: Config,
  seed: number | string,
  draw: (random: Random, name: string, shape: readonly number[]) => Tensor,
): Weights {
  const random = new Random(seed);
  const shapes = Object.entries(parameterShapes(config));
  return Object.fromEntries(shapes.map(([name, shape]) => [name, draw(random, name, shape)]));
}

const isNormWeight = (name: string) => /(^|\.)ln(1|2|_final)\.w$/.test(name);
const isFull = (name: string) => /\.W_QK$/.test(name);
const productOf = (width: number, { d_head }: Config) => width ** 2 * Math.sqrt(d_head);
const isBias = (name: string) => /\.b(_\w+)?$/.test(name);
