import { losses as lossesOf } from "../circuits/loss.ts";
import type { Card } from "../model/card.ts";
import { saveCheckpoint } from "../model/checkpoint.ts";
import { makeModel, type Model } from "../model/model.ts";
import { run } from "../runtime/run.ts";
import type { Losses } from "./evaluate.ts";
import type { TrainingState } from "./loop.ts";
import { type Recipe, recipeFile, tokensIn, type TrainingData } from "./recipe.ts";

/** The files of a trained model, by name. */
export type TrainedFiles = Readonly<
  Record<"model.safetensors" | "config.json" | "card.json", Uint8Array<ArrayBuffer> | string>
>;

/** Points on a card's loss curve at most. */
const POINTS = 200;

/** Scores a finished run and makes the files that a fixture consists of. */
export async function finish(
  recipe: Recipe,
  data: TrainingData,
  state: TrainingState,
): Promise<{ card: Card; files: TrainedFiles }> {
  const model = makeModel(recipe.name, recipe.config, state.optimizer.weights);
  const { config, weights, weights_sha256, bytes } = await saveCheckpoint(model);
  const card: Card = {
    name: recipe.name,
    recipe: recipeFile(recipe),
    seed: recipe.seed,
    data: data.sources,
    steps: recipe.steps,
    tokens: tokensIn(recipe),
    seconds: Math.round(state.seconds),
    loss_curve: lossCurve(state.losses),
    figures: await data.score(lossesFrom(model)),
    weights_sha256,
    bytes,
  };
  const json = (value: unknown) => JSON.stringify(value, null, 2) + "\n";
  const files = {
    "model.safetensors": weights,
    "config.json": json(config),
    "card.json": json(card),
  };
  return { card, files };
}

/** Mean losses of stretches of equal length, each at its last step, to four decimals. */
export function lossCurve(losses: readonly number[]): [step: number, loss: number][] {
  const stretch = Math.max(1, Math.ceil(losses.length / POINTS));
  const curve: [number, number][] = [];
  for (let start = 0; start < losses.length; start += stretch) {
    const part = losses.slice(start, start + stretch);
    const mean = part.reduce((sum, loss) => sum + loss, 0) / part.length;
    curve.push([start + part.length, Number(mean.toFixed(4))]);
  }
  return curve;
}

/** A model's losses on rows of n + 1 tokens, of which it reads the first n. */
export function lossesFrom(model: Model): Losses {
  return async (rows) => {
    const { logits } = await run(model, rows.map((row) => row.slice(0, -1)));
    return lossesOf(logits, rows);
  };
}
