import type { Graph } from "../onnx/mod.ts";
import { GraphSession } from "../runtime/mod.ts";
import { type AdamWState, startAdamW, stepAdamW } from "./adamw.ts";
import { clipFactor, globalNorm } from "./clip.ts";
import type { Learner } from "./learner.ts";
import type { Plan } from "./recipe.ts";
import { rateAt } from "./schedule.ts";
import { gradientOf } from "./gradients/training_graph.ts";

/** A training run between two steps: with the recipe, all that it takes to go on. */
export interface TrainingState {
  readonly optimizer: AdamWState;
  /** The loss of every step taken. */
  readonly losses: readonly number[];
  /** Seconds spent training, over all sittings. */
  readonly seconds: number;
}

/** What a training run may be told. */
export interface LoopOptions {
  /** Where to go on; the beginning unless told. Its numbers are changed in place. */
  readonly from?: TrainingState;
  /** Called after every step; the weights that it is shown change with the next one. */
  readonly onStep?: (state: TrainingState) => void;
  /** Called every `saveEvery` steps, and when the run ends or is stopped. */
  readonly save?: (state: TrainingState) => Promise<void>;
  /** 100 unless told. */
  readonly saveEvery?: number;
  /** Stops the run after the step that is under way. */
  readonly signal?: AbortSignal;
}

/** A run before its first step. */
export async function startTraining(learner: Pick<Learner, "start">): Promise<TrainingState> {
  return { optimizer: startAdamW(await learner.start()), losses: [], seconds: 0 };
}

/**
 * Takes the steps of a recipe that are still to be taken. Every step depends on nothing but the
 * state before it and what is fed, which is a function of the step: a run that was stopped and taken
 * up again ends in the same bits.
 *
 * @returns The state at the end, or where `signal` stopped it.
 * @throws {Error} If the loss stops being a number.
 */
export async function train(
  recipe: Plan,
  learner: Pick<Learner, "start" | "graph" | "feeds">,
  { from, onStep, save, saveEvery = 100, signal }: LoopOptions = {},
): Promise<TrainingState> {
  let state = from ?? await startTraining(learner);
  let saved = state;
  const session = await openSession(learner.graph());
  try {
    while (state.optimizer.step < recipe.steps && !signal?.aborted) {
      state = await takeStep(recipe, session, learner, state);
      onStep?.(state);
      if (state.optimizer.step % saveEvery === 0) await save?.(saved = state);
      // The runtime never yields by itself: without this no signal or timer would be heard.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (saved !== state) await save?.(state);
    return state;
  } finally {
    await session.release();
  }
}

async function openSession(g: Graph): Promise<GraphSession> {
  return await GraphSession.open(g, g.names.filter((name) => name === "loss" || isGradient(name)));
}

async function takeStep(
  recipe: Plan,
  session: GraphSession,
  learner: Pick<Learner, "feeds">,
  { optimizer, losses, seconds }: TrainingState,
): Promise<TrainingState> {
  const began = performance.now();
  const found = await session.run({ ...optimizer.weights, ...learner.feeds(optimizer.step) });
  const names = Object.keys(optimizer.weights);
  const gradients = Object.fromEntries(names.map((name) => [name, found[gradientOf(name)]]));
  const loss = found.loss.at();
  const norm = globalNorm(gradients);
  if (!Number.isFinite(loss + norm)) throw diverged(recipe, optimizer.step, loss, norm);
  const rate = rateAt(optimizer.step, { ...recipe.optimizer, steps: recipe.steps });
  const scale = clipFactor(norm, recipe.optimizer.clip);
  return {
    optimizer: stepAdamW(optimizer, gradients, rate, recipe.optimizer, scale),
    losses: [...losses, loss],
    seconds: seconds + (performance.now() - began) / 1000,
  };
}

function diverged({ name }: Plan, step: number, loss: number, norm: number): Error {
  const given = `loss ${loss} and gradient norm ${norm} at step ${step}`;
  return new Error(`Cannot go on training ${name}: finite numbers required, got ${given}`);
}

const isGradient = (name: string) => name.startsWith(gradientOf(""));
