import type { Config } from "./config.ts";

/** One head of a model, by its layer and its number there. */
export interface Head {
  /** Its layer, from 0. */
  readonly layer: number;
  /** Its number in the layer, from 0. */
  readonly head: number;
}

/** Which keys and values a head reads, by their number in the layer: a group of heads shares them. */
export function keyHeadOf({ n_heads, n_key_value_heads }: Config, head: number): number {
  return Math.floor(head * n_key_value_heads / n_heads);
}

/** Every head of a model of this config, layer by layer. */
export function headsOf({ n_layers, n_heads }: Config): Head[] {
  return Array.from({ length: n_layers * n_heads }, (_, i) => ({
    layer: Math.floor(i / n_heads),
    head: i % n_heads,
  }));
}
