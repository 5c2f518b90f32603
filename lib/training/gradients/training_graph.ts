import type { Graph } from "../../onnx/mod.ts";
import {
  buildGraph,
  type Config,
  parameterShapes,
  type Rewrite,
  rewriteAt,
} from "../../model/mod.ts";
import type { Value } from "../../onnx/graph.ts";
import { gradients } from "./autodiff.ts";
import { crossEntropy } from "./cross_entropy.ts";

/**
 * The graph of one training step: from parameters (inputs under their own names), `tokens`,
 * `targets` and `loss_weights`, all [batch, pos], to `loss` and the gradient of each parameter,
 * named by {@linkcode gradientOf}.
 */
export function trainingGraph(
  config: Config,
  tokens: readonly [batch: number, pos: number],
): Graph {
  const g = buildGraph({ config, rewrites: [headsTogether] }, { tokens });
  const targets = g.input("targets", "int64", tokens);
  const weights = g.input("loss_weights", "float32", tokens);
  const loss = crossEntropy(g, g.get("logits"), targets, weights);
  return withGradients(g, loss, Object.keys(parameterShapes(config)));
}

/** A graph with its loss named and the gradient of each parameter added to it. */
export function withGradients(g: Graph, loss: Value, parameters: readonly string[]): Graph {
  const named = g.name(loss, "loss");
  const found = gradients(g, named, parameters.map((name) => g.get(name)));
  parameters.forEach((name, i) => g.name(found[i], gradientOf(name)));
  return g;
}

/** The name under which a training graph gives the gradient of a parameter. */
export function gradientOf(parameter: string): string {
  return `grad:${parameter}`;
}

/**
 * What all heads write, summed by one matrix product. Training does not look at single heads, and
 * keeping them apart takes n_heads times the memory.
 */
const headsTogether: Rewrite = rewriteAt("hook_result", (_, { g, config, param }, name) => {
  const attn = name.slice(0, -".hook_result".length);
  const { n_heads, d_head, d_model } = config;
  const z = g.reshape(g.get(`${attn}.hook_z`), 0, 0, n_heads * d_head); // [batch, pos, n_heads * d_head]
  const sum = g.matmul(z, g.reshape(param(`${attn}.W_O`), n_heads * d_head, d_model));
  return g.unsqueeze(sum, 2); // [batch, pos, 1, d_model]
});
