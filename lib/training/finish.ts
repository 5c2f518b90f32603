import type { Card } from "../model/mod.ts";
import { mean } from "../tensor/mod.ts";
import type { Learner } from "./learner.ts";
import type { TrainingState } from "./loop.ts";
import { type Plan, recipeFile, tokensIn } from "./recipe.ts";

/** The names of a model's files. The card comes last: it vouches for the others. */
export const MODEL_FILES = ["model.safetensors", "config.json", "card.json"] as const;

/** The files of a trained model, by name. */
export type ModelFiles = Readonly<Record<typeof MODEL_FILES[number], Uint8Array>>;

/** Points on a card's loss curve at most. */
const POINTS = 200;

/** Scores a finished run and makes the files that a fixture consists of. */
export async function finish(
  recipe: Plan,
  learner: Pick<Learner, "save" | "score" | "sources" | "lossUnit">,
  state: TrainingState,
): Promise<{ card: Card; files: ModelFiles }> {
  const trained = state.optimizer.weights;
  const { config, weights, weights_sha256, bytes } = await learner.save(trained);
  const card: Card = {
    name: recipe.name,
    recipe: recipeFile(recipe),
    seed: recipe.seed,
    data: learner.sources,
    steps: recipe.steps,
    tokens: tokensIn(recipe),
    seconds: Math.round(state.seconds),
    loss_curve: lossCurve(state.losses),
    ...learner.lossUnit ? { loss_unit: learner.lossUnit } : {},
    figures: await learner.score(trained),
    weights_sha256,
    bytes,
  };
  const files = {
    "model.safetensors": weights,
    "config.json": asJson(config),
    "card.json": asJson(card),
  };
  return { card, files };
}

/** Mean losses of stretches of equal length, each at its last step, to four decimals. */
export function lossCurve(losses: readonly number[]): [step: number, loss: number][] {
  const stretch = Math.max(1, Math.ceil(losses.length / POINTS));
  const curve: [number, number][] = [];
  for (let start = 0; start < losses.length; start += stretch) {
    const part = losses.slice(start, start + stretch);
    curve.push([start + part.length, Number(mean(part).toFixed(4))]);
  }
  return curve;
}

/** JSON as people read it: pairs of numbers, of which a loss curve has hundreds, on a line each. */
function asJson(value: unknown): Uint8Array {
  const number = String.raw`(-?[\d.e+-]+)`;
  const pair = new RegExp(String.raw`\[\n\s+${number},\n\s+${number}\n\s+\]`, "g");
  const json = JSON.stringify(value, null, 2).replace(pair, "[$1, $2]") + "\n";
  return new TextEncoder().encode(json);
}
