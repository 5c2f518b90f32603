import type { Value } from "../../onnx/graph.ts";
import type { BuildContext } from "./context.ts";

/** Two matrices with a nonlinearity between them, applied to each position alone. */
export function mlp(context: BuildContext, name: string, x: Value): Value {
  const { g, config, hook, param } = context;
  const biased = (y: Value, b: string) => config.biases ? g.add(y, param(`${name}.${b}`)) : y;
  const pre = hook(`${name}.hook_pre`, biased(g.matmul(x, param(`${name}.W_in`)), "b_in"));
  const post = hook(`${name}.hook_post`, activate(context, pre)); // [batch, pos, d_mlp]
  return biased(g.matmul(post, param(`${name}.W_out`)), "b_out"); // [batch, pos, d_model]
}

function activate({ g, config }: BuildContext, x: Value): Value {
  if (config.act_fn === "relu") return g.unary("Relu", x);
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
