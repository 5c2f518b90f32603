import type { TrainingState } from "../training/loop.ts";
import { progressLine } from "../training/progress.ts";
import type { Plan } from "../training/recipe.ts";
import type { Screen } from "./progress.ts";

/** Shows how far a training run is: on a terminal one line that changes, else one now and then. */
export function showTraining(
  recipe: Plan,
  screen: Screen,
  every = Math.max(50, Math.ceil(recipe.steps / 20)),
): (state: TrainingState) => void {
  return (state) => {
    const { step } = state.optimizer;
    if (screen.terminal) screen.write(`\r\x1b[K${progressLine(recipe, state)}`);
    else if (step % every === 0 || step === recipe.steps) {
      screen.write(`${progressLine(recipe, state)}\n`);
    }
  };
}
