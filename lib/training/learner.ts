import type { Graph } from "../onnx/mod.ts";
import type { CardData, CardFigure, SavedModel, Weights } from "../model/mod.ts";
import type { Feed } from "../runtime/mod.ts";

/** What is trained. The loop knows how to follow a slope and no more; the rest is said here. */
export interface Learner {
  /** The weights before the first step, by name. */
  start(): Promise<Weights>;
  /**
   * The graph of one step: from weights, inputs under their own names, and feeds to `loss` and the
   * gradient of each weight, named by `gradientOf`.
   */
  graph(): Graph;
  /** What the graph is fed at a step besides the weights: a function of nothing but the step. */
  feeds(step: number): Readonly<Record<string, Feed>>;
  /** The files of what was learned, and what its card must say about them. */
  save(weights: Weights): Promise<SavedModel>;
  /** What it reached, and what that is compared with. */
  score(weights: Weights): Promise<readonly CardFigure[]>;
  /** Where the data came from; empty where the recipe makes its own. */
  readonly sources: readonly CardData[];
  /** What the loss is measured in; nats per token where left out. */
  readonly lossUnit?: string;
}
