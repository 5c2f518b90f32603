import type { Config } from "../config.ts";
import type { Vector } from "./maths.ts";

/** What the layers of the reference need to know, and where they put what they find. */
export interface ReferenceContext {
  readonly config: Config;
  /** A parameter by name, row after row; of one head, where the heads are its first axis. */
  param(name: string, head?: number): Vector;
  /** The same for a bias, which a model may be without. */
  bias(name: string, head?: number): Vector | undefined;
  /** Keeps the activations of a hook, for the row of tokens that is being read. */
  keep(hook: string, parts: readonly Vector[]): void;
}
