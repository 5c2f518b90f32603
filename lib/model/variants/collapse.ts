import type { Value } from "../../onnx/graph.ts";
import { keyHeadOf } from "../heads.ts";
import { attentionInput } from "../hooks.ts";
import type { Model } from "../model.ts";
import { Unfit } from "../unfit.ts";
import type { BuildContext } from "../graph/context.ts";
import { type Rewrite, rewriteAt, withoutRotation } from "../graph/rewrite.ts";

/** How a head's matrices are collapsed. */
export interface CollapseOptions {
  /** Whether the biases come along, on one more coordinate of what is read; true unless told. */
  readonly biases?: boolean;
}

/**
 * A change to the graph that leaves out queries and keys: in their place each head gets the one
 * matrix W_QK = W_Q W_K^T (Elhage et al., 2021), between the vectors that it reads. Biases are
 * carried by one more coordinate, always 1, so that W_QK is [d_model + 1, d_model + 1]. The scores
 * are then the same, but for rounding, unless something stood between queries and keys: with rotary
 * positions it is another model.
 */
export function oneMatrix({ biases = true }: CollapseOptions = {}): Rewrite {
  const carries = (context: BuildContext) => biases && context.config.biases;
  const queries = rewriteAt("attn.hook_q", (_, context, name) => {
    const { g } = context;
    const [Q, K] = ["Q", "K"].map((side) => mapOf(context, name, side, carries(context)));
    const W_QK = g.matmul(Q, g.transpose(K, 0, 2, 1)); // [n_heads, d_model + 1, d_model + 1]
    const x = g.unsqueeze(readBy(context, name, carries(context)), 1); // [batch, 1, pos, d_model + 1]
    return g.transpose(g.matmul(x, W_QK), 0, 2, 1, 3); // [batch, pos, n_heads, d_model + 1]
  });
  const keys = rewriteAt("attn.hook_k", (_, context, name) => {
    const { g } = context;
    const x = g.unsqueeze(readBy(context, name, carries(context)), 2); // [batch, pos, 1, d_model + 1]
    return g.expandLike(x, g.get(name.replace("hook_k", "hook_q"))); // the same for all heads
  });
  return (name, value, context) =>
    [queries, keys, withoutRotation].reduce((now, rewrite) => rewrite(name, now, context), value);
}

/**
 * A model whose heads have one matrix W_QK each instead of queries and keys.
 *
 * @throws {Unfit} If their biases are to be left out and are nothing.
 */
export function collapsed(model: Model, options?: CollapseOptions): Model {
  requireBiases(model, ["Q", "K"], options);
  const rewrites = [...model.rewrites, oneMatrix(options)];
  return { ...model, name: `${model.name}, collapsed`, rewrites };
}

/**
 * A model whose heads have no values: in the place of W_V and W_O each has the one matrix
 * W_OV = W_V W_O from what is read to what is written, and what it writes is the mean of x W_OV over
 * the positions, weighted by its pattern. Nothing stands between the two in any positional scheme.
 *
 * @throws {Unfit} If the biases of values are to be left out and are nothing.
 */
export function collapsedOV(model: Model, { biases = true }: CollapseOptions = {}): Model {
  requireBiases(model, ["V"], { biases });
  const written = rewriteAt("attn.hook_result", (_, context, name) => {
    const { g, config, param } = context;
    const carries = biases && config.biases;
    const V = mapOf(context, name, "V", carries);
    const W_OV = g.matmul(V, param(name.replace("hook_result", "W_O"))); // [n_heads, d_model + 1, d_model]
    const x = g.unsqueeze(readBy(context, name, carries), 1); // [batch, 1, pos, d_model + 1]
    const pattern = g.get(name.replace("hook_result", "hook_pattern"));
    return g.transpose(g.matmul(pattern, g.matmul(x, W_OV)), 0, 2, 1, 3); // [batch, pos, n_heads, d_model]
  });
  const rewrites = [...model.rewrites, written];
  return { ...model, name: `${model.name}, values collapsed`, rewrites };
}

/** To leave out zeros would leave the model as it is. */
function requireBiases(
  { name, weights }: Model,
  sides: readonly string[],
  { biases = true }: CollapseOptions = {},
): void {
  const isOne = (parameter: string) => sides.some((side) => parameter.endsWith(`.attn.b_${side}`));
  const some = Object.entries(weights).some(([parameter, { data }]) =>
    isOne(parameter) && data.some((value) => value !== 0)
  );
  if (biases || some) return;
  const which = sides.map((side) => `b_${side}`).join(" and ");
  throw new Unfit(`Cannot leave out the biases of ${name}: no ${which} is other than zero`);
}

/** W_Q, W_K or W_V of every head, its bias as one more row: [n_heads, d_model + 1, d_head]. */
function mapOf(context: BuildContext, hook: string, side: string, biases: boolean): Value {
  const { g, config: { n_heads }, config, param } = context;
  const attn = hook.replace(/\.hook_\w+$/, "");
  const W = param(`${attn}.W_${side}`); // [heads, d_model, d_head]
  const whole = biases ? g.concat([W, g.unsqueeze(param(`${attn}.b_${side}`), 1)], 1) : W;
  if (W.shape[0] === n_heads) return whole;
  const shared = Array.from({ length: n_heads }, (_, head) => keyHeadOf(config, head));
  return g.gather(whole, g.integers(shared));
}

/** What the heads of a layer read, and a 1: [batch, pos, d_model + 1]. */
function readBy({ g, config }: BuildContext, hook: string, biases: boolean): Value {
  const x = g.get(attentionInput(config, hook.replace(/\.attn\..+$/, "")));
  if (!biases) return x;
  const one = g.add(g.mul(g.slice(x, -1, 0, 1), 0), 1); // [batch, pos, 1]
  return g.concat([x, one], -1);
}
