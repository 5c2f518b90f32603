import type { Config } from "./config.ts";
import { misfit, parameterShapes, type Weights } from "./params.ts";
import type { Rewrite } from "./graph/rewrite.ts";

/** A transformer as a value: nothing runs until somebody asks for an activation. */
export interface Model {
  /** What reports and errors call it. */
  readonly name: string;
  /** Its shape. */
  readonly config: Config;
  /** Its parameters by name; see {@linkcode parameterShapes}. */
  readonly weights: Weights;
  /** Changes to the graph, applied in order: none for a sound model. */
  readonly rewrites: readonly Rewrite[];
}

/**
 * A sound model of these weights.
 *
 * @throws {RangeError} If a parameter that the config implies is missing, has another shape, or is
 * one too many.
 */
export function makeModel(name: string, config: Config, weights: Weights): Model {
  const problem = misfit(parameterShapes(config), weights);
  if (problem) throw new RangeError(`Bad weights of ${name}: ${problem}`);
  return { name, config, weights, rewrites: [] };
}
