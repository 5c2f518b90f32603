import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "./context.ts";

/**
 * LayerNorm (Ba et al., 2016, arXiv:1607.06450): each position's vector, centred, scaled to unit
 * variance, then weighted. RMSNorm (Zhang and Sennrich, 2019, arXiv:1910.07467) does the same
 * without centring and without a bias. Nothing here looks along `pos`. Where the config has no
 * normalization the stream passes as it is.
 */
export function norm(context: BuildContext, name: string, x: Value): Value {
  const { g, config, hook, param } = context;
  if (config.normalization === "none") return x;
  const centres = config.normalization === "LN";
  const centred = centres ? g.sub(x, g.mean(x, [-1], true)) : x; // [batch, pos, d_model]
  const square = g.mean(g.mul(centred, centred), [-1], true); // [batch, pos, 1]
  const scale = hook(`${name}.hook_scale`, g.unary("Sqrt", g.add(square, config.eps)));
  const weighted = g.mul(g.div(centred, scale), param(`${name}.w`)); // [batch, pos, d_model]
  const shifted = centres && config.biases ? g.add(weighted, param(`${name}.b`)) : weighted;
  return hook(`${name}.hook_normalized`, shifted); // [batch, pos, d_model]
}
