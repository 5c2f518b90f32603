import {
  buildGraph,
  type Config,
  multiplications,
  parameterShapes,
  type Rewrite,
} from "../../model/mod.ts";
import { sizeOf, sum } from "../../tensor/mod.ts";
import { attentionInput } from "../../model/hooks.ts";
import { oneMatrix } from "../../model/variants/collapse.ts";
import type { Graph } from "../../onnx/graph.ts";

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

/**
 * Counts on the graphs themselves, with and without queries and keys; no weights are needed.
 *
 * @throws {RangeError} If there is no attention in the graph.
 */
export function queryKeyCost(sizes: Config): QueryKeyCost {
  const config = { ...sizes, biases: false, n_layers: 1 };
  const shapes = parameterShapes(config);
  const parameters = (side: string) => sizeOf(shapes[`blocks.0.attn.W_${side}`].slice(1));
  const collapsed = buildGraph({ config, rewrites: [oneMatrix()] });
  const writing = buildGraph({ config }, { past: true });
  const past = writing.inputs.filter(({ name }) => name.startsWith("past."));
  const read = collapsed.find(attentionInput(config, "blocks.0"))!;
  const asked = collapsed.find("blocks.0.attn.hook_q")!;
  return {
    pair: parameters("Q") + parameters("K"),
    one: sizeOfMatrix(collapsed),
    pairScore: perScore(config),
    oneScore: perScore(config, oneMatrix()),
    cache: sum(past.map(({ shape }) => known(shape))), // [batch, past, n_key_value_heads, d_head]
    cacheStream: known(read.shape), // [batch, pos, d_model]
    cacheEachHead: known(asked.shape), // [batch, pos, n_heads, d_model]
  };
}

/** Multiplications that one score takes, in a graph of one layer. */
function perScore(config: Config, ...rewrites: Rewrite[]): number {
  const length = 8;
  const all = multiplications(config, length, rewrites).at["attn.hook_attn_scores"];
  return all / (config.n_heads * length ** 2);
}

/** The size of what stands beside the stream in the product that a collapsed head asks with. */
function sizeOfMatrix({ nodes }: Graph): number {
  const end = nodes.findIndex(({ output }) => output.name === "blocks.0.attn.hook_q");
  const product = nodes.slice(0, end).findLast(({ type }) => type === "MatMul");
  if (!product) throw new RangeError("Cannot count W_QK: attention is required, got no product");
  return known(product.inputs[1].shape.slice(1)); // [n_heads, d_model, d_model]
}

/** How many numbers there are along the axes that no run decides. */
function known(shape: readonly (number | string)[]): number {
  return sizeOf(shape.filter((dim) => typeof dim === "number"));
}
