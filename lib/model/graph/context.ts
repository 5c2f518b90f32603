import type { Graph, Value } from "../../onnx/graph.ts";
import type { Config } from "../config.ts";

/** What every layer needs while the graph of a model is being built. */
export interface BuildContext {
  /** The graph so far. */
  readonly g: Graph;
  /** The shape of the model that is being built. */
  readonly config: Config;
  /** A parameter by its name, such as `blocks.0.attn.W_Q`. */
  param(name: string): Value;
  /** Names a value, once rewrites and interventions have had their way with it. */
  hook(name: string, value: Value): Value;
  /** Where in the text each row of the stream stands: integers [pos]. */
  readonly queryPos: Value;
  /** Where each key stands; longer than `queryPos` where a past is cached: integers [kv]. */
  readonly keyPos: Value;
  /** Puts what was cached of a layer's keys or values before the new ones, if anything was. */
  withPast(layer: number, part: "k" | "v", fresh: Value): Value;
}
