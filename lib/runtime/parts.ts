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
import { isNative } from "./backend.ts";
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
export const LARGE = 2 ** 24;

/**
 * Of so many, 1 GB, and fewer a large model's weights are stored in native sessions instead of being
 * fed. There the runtime lays matrices out for its products once, where it would do it in each run:
 * at GPT-2 small's sizes runs of 32 tokens take 1.6 times as long with the weights fed, of 128
 * tokens 1.3 times. It costs a second copy, so beyond that they are fed.
 */
const STORED = 2 ** 28;

/** How a model is to be run. */
export interface PartOptions extends BuildOptions {
  /** Whether in parts; large models only, unless told. */
  readonly inParts?: boolean;
}

/** Whether sessions keep the weights of a model: then it must not be changed in place. */
export function isStored(model: Model): boolean {
  return isNative() && isLarge(model) && sizeOfWeights(model) <= STORED;
}

/** What a model's run goes through, one after the other; worked out once for each way. */
export function partsOf(model: Model, options: PartOptions): readonly Part[] {
  const { intervene = [], past = false, tokens, inParts = isLarge(model) } = options;
  const stored = isStored(model);
  return partsFor(model)(JSON.stringify([intervene.toSorted(), past, tokens, inParts, stored]), {
    ...{ ...options, inParts, stored },
  });
}

/** The name of a value without the number of its block. */
function withoutLayer(name: string): string {
  return name.replace(/^(blocks|past|next)\.\d+\./, "$1.");
}

/** Whether a model runs in parts, unless told otherwise. */
export function isLarge(model: Model): boolean {
  return sizeOfWeights(model) >= LARGE;
}

function sizeOfWeights({ weights }: Model): number {
  return Object.values(weights).reduce((sum, { size }) => sum + size, 0);
}

const partsFor = memoize(
  (model: Model) =>
    memoize((_: string, { inParts, stored, ...options }: PartOptions & { stored: boolean }) => {
      const fed = { ...options, feedWeights: true };
      const hooks = new Set(hooksOf(model.config).map(({ name }) => name));
      const weights = stored ? model.weights : undefined;
      return inParts
        ? buildParts(model, fed).map((graph) => partOf(graph, hooks, withoutLayer, weights))
        : [partOf(buildGraph(model, fed), hooks, (name) => name, weights)];
    }),
  { cache: new WeakMap() },
);

function partOf(
  graph: Graph,
  hooks: ReadonlySet<string>,
  rename: (name: string) => string,
  weights?: Model["weights"],
): Part {
  const place = (name: string): Place => ({ name, local: rename(name) });
  const outputs = graph.names.filter((name) =>
    hooks.has(name) || name.startsWith("next.") || name === STREAM.out
  );
  return {
    graph: {
      bytes: encode(graph, outputs, { rename }),
      outputs: outputs.map(rename),
      ...weights && { stored: stored(graph, outputs, rename, weights) },
    },
    inputs: graph.inputs.map(({ name }) => place(name)),
    outputs: outputs.map(place),
  };
}

/** The weights among a graph's inputs; its bytes with them are too many to be kept. */
function stored(
  graph: Graph,
  outputs: readonly string[],
  rename: (name: string) => string,
  weights: Model["weights"],
): EncodedGraph["stored"] {
  const names = graph.inputs.map(({ name }) => name).filter((name) => Object.hasOwn(weights, name));
  const constants = Object.fromEntries(names.map((name) => [name, weights[name]]));
  return {
    weights: Object.values(constants),
    encode: () => encode(graph, outputs, { rename, constants }),
  };
}
