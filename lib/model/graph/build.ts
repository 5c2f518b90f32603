import { Graph, type Shape, type Value } from "../../onnx/mod.ts";
import { hookOf } from "../hooks.ts";
import type { Model } from "../model.ts";
import { parameterShapes } from "../params.ts";
import type { BuildContext } from "./context.ts";
import { block, embed, transformer, unembed } from "./transformer.ts";

/** What a graph is to be built with, besides the model. */
export interface BuildOptions {
  /** Hooks at which a run may intervene: each gets the inputs `HOOK:mask` and `HOOK:patch`. */
  readonly intervene?: readonly string[];
  /** Whether keys and values of earlier tokens come in and go out: `past.LAYER.k`, `next.LAYER.k`. */
  readonly past?: boolean;
  /** Whether each run feeds the weights, so that models of one shape have one graph. */
  readonly feedWeights?: boolean;
  /** The tokens' shape where it is known beforehand, as in training; else each run decides. */
  readonly tokens?: readonly [batch: number, pos: number];
}

/** A model, or a config alone: then the parameters are inputs and only shapes can be had. */
export type Buildable = Pick<Model, "config"> & Partial<Pick<Model, "weights" | "rewrites">>;

/**
 * The ONNX graph of a model. Its values are named as its hooks are, its input is `tokens`.
 *
 * @throws {RangeError} If an intervention names a hook that the model does not have.
 */
export function buildGraph(model: Buildable, options: BuildOptions = {}): Graph {
  for (const hook of options.intervene ?? []) hookOf(model.config, hook);
  const g = new Graph();
  const tokens = g.input("tokens", "int64", options.tokens ?? ["batch", "pos"]);
  transformer(contextOf(g, tokens, model, options), tokens);
  return g;
}

/** What the stream is called where a graph is only a part of the model. */
export const STREAM = { in: "stream", out: "stream.next" } as const;

/**
 * The same in parts: a graph that embeds, one for each block, one that unembeds. Each but the first
 * takes the stream in as `stream`, each but the last gives it as `stream.next`. A model that does not
 * fit into memory at once fits so, a change in a late block need not run the early ones again, and
 * blocks are one graph but for their weights.
 */
export function buildParts(model: Buildable, options: BuildOptions = {}): Graph[] {
  const { n_layers, d_model } = model.config;
  const [batch, pos] = options.tokens ?? ["batch", "pos"];
  const stream = (g: Graph) => g.input(STREAM.in, "float32", [batch, pos, d_model]);
  const part = (x: (g: Graph) => Value, through: (context: BuildContext, x: Value) => Value) => {
    const g = new Graph();
    const entering = x(g);
    return { g, leaving: through(contextOf(g, entering, model, options), entering) };
  };
  const parts = [
    part((g) => g.input("tokens", "int64", [batch, pos]), embed),
    ...Array.from(
      { length: n_layers },
      (_, layer) => part(stream, (context, x) => block(context, layer, x)),
    ),
  ];
  for (const { g, leaving } of parts) g.name(leaving, STREAM.out);
  return [...parts, part(stream, unembed)].map(({ g }) => g);
}

function contextOf(g: Graph, tokens: Value, model: Buildable, options: BuildOptions): BuildContext {
  const { config, weights, rewrites = [] } = model;
  const shapes = parameterShapes(config);
  const context: BuildContext = {
    g,
    config,
    ...positions(g, tokens, options),
    param: (name) =>
      g.find(name) ??
        (weights && !options.feedWeights
          ? g.initializer(name, weights[name])
          : g.input(name, "float32", weights?.[name]?.shape ?? shapes[name])),
    hook: (name, value) => {
      const rewritten = rewrites.reduce((now, rewrite) => rewrite(name, now, context), value);
      return g.name(intervened(g, name, rewritten, options), name);
    },
    withPast: (layer, part, fresh) => options.past ? append(g, config, layer, part, fresh) : fresh,
  };
  return context;
}

/** Where the queries and the keys stand in the text. */
function positions(
  g: Graph,
  tokens: Value,
  { past }: BuildOptions,
): Pick<BuildContext, "queryPos" | "keyPos"> {
  const [zero, length] = [g.integers(0), g.lengthOf(tokens, 1)];
  const pos = tokens.shape[1];
  if (!past) {
    const all = g.range(zero, length, pos);
    return { queryPos: all, keyPos: all };
  }
  const start = g.input("start", "int64", []);
  const end = g.add(start, length);
  return { queryPos: g.range(start, end, pos), keyPos: g.range(zero, end, "kv") };
}

/** Where the mask is true the patch takes the value's place; elsewhere its bits stay as they are. */
function intervened(g: Graph, name: string, value: Value, { intervene }: BuildOptions): Value {
  if (!intervene?.includes(name)) return value;
  const shape = (input: string): Shape => value.shape.map((_, axis) => `${name}:${input}:${axis}`);
  const mask = g.input(`${name}:mask`, "bool", shape("mask"));
  const patch = g.input(`${name}:patch`, "float32", shape("patch"));
  return g.op("Where", [mask, patch, value], value.shape, {}, "float32");
}

/**
 * The shape of what is cached of one token in one layer: its values or its keys,
 * [n_key_value_heads, d_head]; with a full W_QK what all heads read stands for the keys, [1, d_model].
 */
export function cachedShape(
  { query_key, n_key_value_heads, d_head, d_model }: Model["config"],
  part: "k" | "v",
): [heads: number, width: number] {
  return part === "k" && query_key === "full" ? [1, d_model] : [n_key_value_heads, d_head];
}

function append(
  g: Graph,
  config: Model["config"],
  layer: number,
  part: "k" | "v",
  fresh: Value,
): Value {
  const past = g.input(`past.${layer}.${part}`, "float32", [
    "batch",
    "past",
    ...cachedShape(config, part),
  ]);
  return g.name(g.concat([past, fresh], 1, "kv"), `next.${layer}.${part}`);
}
