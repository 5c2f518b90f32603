import type { Graph, Value } from "../../onnx/graph.ts";
import type { Config } from "../config.ts";

/** What every layer needs while the graph of a model is being built. */
export interface Scene {
  /** The graph so far. */
  readonly g: Graph;
  /** The shape of the model that is being built. */
  readonly config: Config;
  /** A parameter by its name, such as `blocks.0.attn.W_Q`. */
  param(name: string): Value;
  /** Names a value, once rewrites and interventions have had their way with it. */
  hook(name: string, value: Value): Value;
  /** Where in the text each row of the stream stands: integers [pos]. */
  readonly queries: Value;
  /** Where each key stands; longer than `queries` where a past is cached: integers [kv]. */
  readonly keys: Value;
  /** Puts what was cached of a layer's keys or values before the new ones, if anything was. */
  remember(layer: number, what: "k" | "v", fresh: Value): Value;
}

/**
 * A change to the graph itself: it sees every hook and every named point (`attn.mask`) as it is
 * built and returns what takes its place. Sabotages are made of these.
 */
export type Rewrite = (name: string, value: Value, scene: Scene) => Value;

/** A rewrite of one hook in every layer that has it, named without its block: `hook_mlp_out`. */
export function rewriteAt(
  hook: string,
  change: (value: Value, scene: Scene, name: string) => Value,
): Rewrite {
  return (name, value, scene) =>
    name === hook || name.endsWith(`.${hook}`) ? change(value, scene, name) : value;
}
