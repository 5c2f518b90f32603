import type { Config } from "./config.ts";

/** One head of a model, by its layer and its number there. */
export interface Head {
  /** Its layer, from 0. */
  readonly layer: number;
  /** Its number in the layer, from 0. */
  readonly head: number;
}

/** Every head of a model of this config, layer by layer. */
export function headsOf({ n_layers, n_heads }: Config): Head[] {
  return Array.from({ length: n_layers * n_heads }, (_, i) => ({
    layer: Math.floor(i / n_heads),
    head: i % n_heads,
  }));
}
