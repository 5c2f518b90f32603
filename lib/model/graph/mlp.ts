import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "./context.ts";

/**
 * Two matrices with a nonlinearity between them, applied to each position alone; gated (Shazeer,
 * 2020, arXiv:2002.05202), what the nonlinearity gives is multiplied by a third matrix's output.
 */
export function mlp(context: BuildContext, name: string, x: Value): Value {
  const { g, config, hook, param } = context;
  const linear = (part: "gate" | "in" | "out", x: Value) => {
    const y = g.matmul(x, param(`${name}.W_${part}`));
    return config.biases ? g.add(y, param(`${name}.b_${part}`)) : y;
  };
  const pre = hook(`${name}.hook_pre`, linear(config.gated_mlp ? "gate" : "in", x)); // [batch, pos, d_mlp]
  const active = activate(context, pre); // [batch, pos, d_mlp]
  const hidden = config.gated_mlp
    ? g.mul(active, hook(`${name}.hook_pre_linear`, linear("in", x)))
    : active;
  const post = hook(`${name}.hook_post`, hidden); // [batch, pos, d_mlp]
  return linear("out", post); // [batch, pos, d_model]
}

function activate({ g, config }: BuildContext, x: Value): Value {
  if (config.act_fn === "relu") return g.unary("Relu", x);
  if (config.act_fn === "silu") return g.mul(x, g.unary("Sigmoid", x)); // same paper, section 2
  return g.mul(g.mul(x, 0.5), g.add(config.act_fn === "gelu" ? erf() : tanh(), 1));

  // GELU (Hendrycks and Gimpel, 2016, arXiv:1606.08415): x times the normal distribution below x,
  // exactly, or as GPT-2 approximates it.
  function erf(): Value {
    return g.unary("Erf", g.mul(x, Math.SQRT1_2));
  }
  function tanh(): Value {
    const cube = g.mul(g.mul(x, x), g.mul(x, 0.044715));
    return g.unary("Tanh", g.mul(g.add(x, cube), Math.sqrt(2 / Math.PI)));
  }
}
