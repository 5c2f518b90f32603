import { initialWeights } from "../model/init.ts";
import { type Feed, GraphSession } from "../runtime/engine.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type AdamWState, startAdamW, stepAdamW } from "./adamw.ts";
import { type Batches, randomAt } from "./batches.ts";
import { clipFactor, globalNorm } from "./clip.ts";
import type { Recipe } from "./recipe.ts";
import { rateAt } from "./schedule.ts";
import { gradientOf, trainingGraph } from "./training_graph.ts";

/** A training run between two steps: with the recipe, all that it takes to go on. */
export interface TrainingState {
  readonly optimizer: AdamWState;
  /** The loss of every step taken, in nats per token. */
  readonly losses: readonly number[];
  /** Seconds spent training, over all sittings. */
  readonly seconds: number;
}

/** What a training run may be told. */
export interface TrainOptions {
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
export async function startTraining({ config, seed, start }: Recipe): Promise<TrainingState> {
  const weights = await start?.weights() ?? initialWeights(config, seed);
  return { optimizer: startAdamW(weights), losses: [], seconds: 0 };
}

/**
 * Takes the steps of a recipe that are still to be taken. Every step depends on nothing but the
 * state before it and the batch, which is a function of the step: a run that was stopped and taken
 * up again ends in the same bits.
 *
 * @returns The state at the end, or where `signal` stopped it.
 * @throws {Error} If the loss stops being a number.
 */
export async function train(
  recipe: Recipe,
  batches: Batches,
  { from, onStep, save, saveEvery = 100, signal }: TrainOptions = {},
): Promise<TrainingState> {
  let state = from ?? await startTraining(recipe);
  let saved = state;
  const session = await openSession(recipe);
  try {
    while (state.optimizer.step < recipe.steps && !signal?.aborted) {
      state = await takeStep(recipe, session, batches, state);
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

async function openSession({ config, batch }: Recipe): Promise<GraphSession> {
  const g = trainingGraph(config, [batch, config.n_ctx]);
  return await GraphSession.open(g, g.names.filter((name) => name === "loss" || isGradient(name)));
}

async function takeStep(
  recipe: Recipe,
  session: GraphSession,
  batches: Batches,
  { optimizer, losses, seconds }: TrainingState,
): Promise<TrainingState> {
  const began = performance.now();
  const feeds = {
    ...optimizer.weights,
    ...batchFeeds(recipe, batches(optimizer.step), optimizer.step),
  };
  const found = await session.run(feeds);
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

/** Rows of n_ctx + 1 tokens as inputs, and the same rows one token later as targets. */
function batchFeeds(
  { batch, config: { n_ctx }, taught, seed }: Recipe,
  rows: number[][],
  step: number,
): Record<string, Feed> {
  const shape = [batch, n_ctx];
  const random = randomAt(`targets/${seed}`, step);
  const targets = rows.map((row) => row.slice(1))
    .map((row) => taught === "shuffled targets" ? random.shuffle(row) : row);
  return {
    tokens: { integers: rows.flatMap((row) => row.slice(0, -1)), shape },
    targets: { integers: targets.flat(), shape },
    loss_weights: taught === "last position"
      ? lastOnly(batch, n_ctx)
      : Tensor.full(shape, 1 / (batch * n_ctx)),
  };
}

/** The mean over the last positions alone: [batch, n_ctx]. */
function lastOnly(batch: number, n_ctx: number): Tensor {
  const weights = Tensor.full([batch, n_ctx]);
  for (let row = 1; row <= batch; row++) weights.data[row * n_ctx - 1] = 1 / batch;
  return weights;
}

function diverged({ name }: Recipe, step: number, loss: number, norm: number): Error {
  const given = `loss ${loss} and gradient norm ${norm} at step ${step}`;
  return new Error(`Cannot go on training ${name}: finite numbers required, got ${given}`);
}

const isGradient = (name: string) => name.startsWith(gradientOf(""));
