/** What a model costs, from its config: numbers to learn, and multiplications to run. */
import type { Node } from "../onnx/graph.ts";
import { sizeOf } from "../tensor/tensor.ts";
import { buildGraph } from "./graph/build.ts";
import type { Config } from "./config.ts";
import { hooksOf } from "./hooks.ts";
import { parameterShapes } from "./params.ts";
import type { Rewrite } from "./graph/rewrite.ts";

/** How many parameters each part has, over all layers. */
export type ParameterCount = {
  /** The table of tokens. */
  readonly embed: number;
  /** The table of learned positions. */
  readonly pos_embed: number;
  /** Queries, keys, values and what is written back. */
  readonly attn: number;
  /** The two or three matrices of every MLP. */
  readonly mlp: number;
  /** LayerNorms or RMSNorms, the last one too. */
  readonly ln: number;
  /** The unembedding; 0 where it is tied, since it then is the embedding. */
  readonly unembed: number;
  /** All of them. */
  readonly total: number;
};

/** Counts the parameters that a config implies, biases too. */
export function parameterCount(config: Config): ParameterCount {
  const count = { embed: 0, pos_embed: 0, attn: 0, mlp: 0, ln: 0, unembed: 0, total: 0 };
  const n_layers = Math.min(1, config.n_layers); // all are alike, and a file may say that there are 1e15
  for (const [name, shape] of Object.entries(parameterShapes({ ...config, n_layers }))) {
    const size = sizeOf(shape) * (name.startsWith("blocks.") ? config.n_layers : 1);
    count[partOf(name)] += size;
    count.total += size;
  }
  return count;
}

function partOf(parameter: string): Exclude<keyof ParameterCount, "total"> {
  const part = parameter.replace(/^blocks\.\d+\./, "").split(".")[0]; // "attn", "ln1", "embed"
  return part.startsWith("ln") ? "ln" : part as "embed" | "pos_embed" | "attn" | "mlp" | "unembed";
}

/** Matrix products: the second one's matrix lies transposed. */
const PRODUCTS: ReadonlySet<string> = new Set(["MatMul", "Gemm"]);

/** How many multiplications a run takes, in matrix products. */
export type Multiplications = {
  /** By the hook that they make, named without its block and summed over layers: `attn.hook_q`. */
  readonly at: Readonly<Record<string, number>>;
  /** All of them. */
  readonly total: number;
};

/**
 * Counts the multiplications of one text, on the graph that would be run: every matrix product with
 * the shapes that the graph worked out for it. What is done number by number (norms, softmax,
 * GELU) is left out, since it grows with the width and not with its square. Masked scores are
 * computed before they are masked, so they count.
 *
 * @param n Tokens in the text. Divide by it for the cost of a token.
 * @param rewrites Changes to the graph, whose own products count too.
 * @throws {RangeError} If there is no token, or a product with an axis that only a run decides.
 */
export function multiplications(
  config: Config,
  n: number,
  rewrites: readonly Rewrite[] = [],
): Multiplications {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new RangeError(`Cannot count multiplications: at least 1 token is required, got ${n}`);
  }
  const { nodes } = buildGraph({ config, rewrites }, { tokens: [1, n] });
  const hooks = new Set(hooksOf(config).map(({ name }) => name));
  const at: Record<string, number> = {};
  let [pending, total] = [0, 0];
  for (const node of nodes) {
    pending += PRODUCTS.has(node.type) ? multiplicationsOf(node) : 0;
    if (pending === 0 || !hooks.has(node.output.name)) continue;
    // Nodes stand in the order in which they were made: the next hook is what they were made for.
    const hook = node.output.name.replace(/^blocks\.\d+\./, "");
    at[hook] = (at[hook] ?? 0) + pending;
    [pending, total] = [0, total + pending];
  }
  return { at, total };
}

/** Of [..., m, k] by [..., k, n]: k for each number of the result. */
function multiplicationsOf({ inputs: [a], output }: Node): number {
  const count = [...output.shape, a.shape.at(-1)!].reduce<number>(
    (product, dim) => typeof dim === "number" ? product * dim : NaN,
    1,
  );
  if (Number.isInteger(count)) return count;
  const required = "every axis of a product must be counted";
  throw new RangeError(`Cannot count multiplications: ${required}, got [${output.shape}]`);
}
