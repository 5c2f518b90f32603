import memoize from "memoize";
import {
  buildGraph,
  type BuildOptions,
  buildParts,
  hooksOf,
  type Model,
  STREAM,
} from "../model/mod.ts";
import { encode, type Graph } from "../onnx/mod.ts";
import type { EncodedGraph } from "./pool.ts";

/** What is run at once: a whole model, or a part of it. */
export interface Part {
  /** The graph, in which each block is called the same. */
  readonly graph: EncodedGraph;
  /** What must be fed. */
  readonly inputs: readonly Place[];
  /** What it can give. */
  readonly outputs: readonly Place[];
}

/** A value by its name in the model and in the graph. */
interface Place {
  readonly name: string;
  readonly local: string;
}

/**
 * Of so many numbers in the weights, 64 MB, and more a model is run in parts. The weights of the part
 * at work alone lie in the runtime's memory, and all blocks share one session. Small models gain
 * nothing from that, and a run would cost as many calls as there are parts.
 */
const LARGE = 2 ** 24;

/** How a model is to be run. */
export interface PartOptions extends BuildOptions {
  /** Whether in parts; large models only, unless told. */
  readonly inParts?: boolean;
}

/** What a model's run goes through, one after the other; worked out once for each way. */
export function partsOf(model: Model, options: PartOptions): readonly Part[] {
  const { intervene = [], past = false, tokens, inParts = isLarge(model) } = options;
  return partsFor(model)(JSON.stringify([intervene.toSorted(), past, tokens, inParts]), {
    ...options,
    inParts,
  });
}

/** The name of a value without the number of its block. */
function withoutLayer(name: string): string {
  return name.replace(/^(blocks|past|next)\.\d+\./, "$1.");
}

/** Whether a model runs in parts, unless told otherwise. */
export function isLarge({ weights }: Model): boolean {
  return Object.values(weights).reduce((sum, { size }) => sum + size, 0) >= LARGE;
}

const partsFor = memoize(
  (model: Model) =>
    memoize((_: string, { inParts, ...options }: PartOptions) => {
      const fed = { ...options, feedWeights: true };
      const hooks = new Set(hooksOf(model.config).map(({ name }) => name));
      return inParts
        ? buildParts(model, fed).map((graph) => partOf(graph, hooks, withoutLayer))
        : [partOf(buildGraph(model, fed), hooks, (name) => name)];
    }),
  { cache: new WeakMap() },
);

function partOf(graph: Graph, hooks: Set<string>, rename: (name: string) => string): Part {
  const place = (name: string): Place => ({ name, local: rename(name) });
  const outputs = graph.names.filter((name) =>
    hooks.has(name) || name.startsWith("next.") || name === STREAM.out
  );
  return {
    graph: { bytes: encode(graph, outputs, { rename }), outputs: outputs.map(rename) },
    inputs: graph.inputs.map(({ name }) => place(name)),
    outputs: outputs.map(place),
  };
}
