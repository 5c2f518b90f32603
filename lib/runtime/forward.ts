import memoize from "memoize";
import { buildGraph, type BuildOptions, hooksOf, type Model } from "../model/mod.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { encode } from "../onnx/mod.ts";
import { type EncodedGraph, sessions } from "./pool.ts";
import type { Feed } from "./session.ts";

/**
 * Runs a model's graph. Its weights are fed as everything else is: so models of one shape share a
 * session, and a weight that somebody edits is what the next run works with.
 *
 * @param feeds What the graph is fed besides the weights.
 * @param fetch The names of the values wanted.
 */
export function forward(
  model: Model,
  options: BuildOptions,
  feeds: Readonly<Record<string, Feed>>,
  fetch: readonly string[],
): Promise<Record<string, Tensor>> {
  return sessions.run(graphOf(model, options), { ...model.weights, ...feeds }, fetch);
}

/** What a run of a model built with a past gives, besides its hooks. */
export function cachedOutputs({ outputs }: EncodedGraph): string[] {
  return outputs.filter((name) => name.startsWith("next."));
}

/** The graph of a model as the runtime gets it, built once for each way of building it. */
export function graphOf(model: Model, options: BuildOptions): EncodedGraph {
  const { intervene = [], past = false, tokens } = options;
  return graphsOf(model)(JSON.stringify([intervene.toSorted(), past, tokens]), options);
}

const graphsOf = memoize(
  (model: Model) => memoize((_: string, options: BuildOptions) => encodedGraph(model, options)),
  { cache: new WeakMap() },
);

function encodedGraph(model: Model, options: BuildOptions): EncodedGraph {
  const graph = buildGraph(model, { ...options, feedWeights: true });
  const next = options.past ? graph.names.filter((name) => name.startsWith("next.")) : [];
  const outputs = [...hooksOf(model.config).map((hook) => hook.name), ...next];
  return { bytes: encode(graph, outputs), outputs };
}
