import { mean } from "../../tensor/mod.ts";
import type { TrainingState } from "../../training/loop.ts";
import { type Plan, tokensIn } from "../../training/recipe.ts";
import { duration } from "../duration.ts";
import type { Screen } from "../place.ts";

/** Characters in the bar. */
const BAR = 24;
/** Steps over which the loss is averaged: that of one batch jumps about. */
const RECENT = 50;

/** Shows how far a training run is: on a terminal one line that changes, else one now and then. */
export function showTraining(recipe: Plan, screen: Screen): (state: TrainingState) => void {
  const every = Math.max(50, Math.ceil(recipe.steps / 20));
  return (state) => {
    const { step } = state.optimizer;
    if (screen.terminal) screen.write(`\r\x1b[K${progressLine(recipe, state)}`);
    else if (step % every === 0 || step === recipe.steps) {
      screen.write(`${progressLine(recipe, state)}\n`);
    }
  };
}

/** One line on how far a run is, after at least one step: a bar, loss, speed and time left. */
function progressLine(
  recipe: Plan,
  { optimizer: { step }, losses, seconds }: TrainingState,
): string {
  const done = step / recipe.steps;
  const full = Math.floor(done * BAR); // full only when all is done
  const bar = "#".repeat(full) + "-".repeat(BAR - full);
  const speed = tokensIn({ ...recipe, steps: step }) / seconds;
  return [
    `${recipe.name} [${bar}] step ${step}/${recipe.steps}`,
    `loss ${mean(losses.slice(-RECENT)).toFixed(3)}`,
    `${Math.round(speed)} ${recipe.config.n_ctx ? "tokens" : "examples"}/s`,
    `${duration(seconds / done - seconds)} left`,
  ].join("  ");
}
