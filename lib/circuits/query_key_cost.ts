import type { Config } from "../model/config.ts";
import { multiplications } from "../model/count.ts";
import { parameterShapes } from "../model/params.ts";
import type { Rewrite } from "../model/scene.ts";
import { sizeOf } from "../tensor/tensor.ts";
import { oneMatrix } from "./collapse.ts";

/** What a head costs as queries and keys, and as one matrix W_QK, as evidence; biases aside. */
export type QueryKeyCost = {
  /** Parameters of W_Q and W_K of one head. */
  readonly pair: number;
  /** Parameters of its W_QK. */
  readonly one: number;
  /** Multiplications for one score, once queries and keys are there. */
  readonly pairScore: number;
  /** The same between a vector that W_QK was applied to and a vector of the stream. */
  readonly oneScore: number;
  /** Numbers kept of each token in each layer: the keys and values of all heads. */
  readonly cache: number;
  /** What could be kept instead with W_QK: what all heads read, from which each makes the rest. */
  readonly cacheStream: number;
  /** W_QK times that, for each head. */
  readonly cacheEachHead: number;
};

/** Counts on the shapes of the parameters and on the graph itself; no weights are needed. */
export function queryKeyCost(sizes: Config): QueryKeyCost {
  const config = { ...sizes, biases: false, n_layers: 1 };
  const { d_model, d_head, n_heads } = config;
  const shapes = parameterShapes(config);
  const parameters = (side: string) => sizeOf(shapes[`blocks.0.attn.W_${side}`]) / n_heads;
  const length = 8;
  const perScore = (...rewrites: Rewrite[]) =>
    multiplications(config, length, rewrites).at["attn.hook_attn_scores"] / (n_heads * length ** 2);
  return {
    pair: parameters("Q") + parameters("K"),
    one: d_model ** 2,
    pairScore: perScore(),
    oneScore: perScore(oneMatrix()),
    cache: 2 * n_heads * d_head,
    cacheStream: d_model,
    cacheEachHead: n_heads * d_model,
  };
}
