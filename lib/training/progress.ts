import type { TrainingState } from "./loop.ts";
import { type Recipe, tokensIn } from "./recipe.ts";

const BAR = 24;
/** Steps over which loss and speed are averaged. */
const RECENT = 50;

/** One line on how far a run is: a bar, the loss, the speed and the time left. */
export function progressLine(
  recipe: Recipe,
  { optimizer, losses, seconds }: TrainingState,
): string {
  const done = optimizer.step / recipe.steps;
  const full = Math.round(done * BAR);
  const bar = "#".repeat(full) + "-".repeat(BAR - full);
  const recent = losses.slice(-RECENT);
  const loss = recent.reduce((sum, x) => sum + x, 0) / recent.length;
  const speed = tokensIn({ ...recipe, steps: optimizer.step }) / seconds;
  const left = seconds / done - seconds;
  return `${recipe.name} [${bar}] step ${optimizer.step}/${recipe.steps}  loss ${
    loss.toFixed(3)
  }  ` +
    `${Math.round(speed)} tokens/s  ${duration(left)} left`;
}

/** Seconds as people say them: 45 s, 12 min, 1 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Shows progress: one line that is written over on a terminal, else a line now and then. */
export function showProgress(recipe: Recipe, every = 50): (state: TrainingState) => void {
  const terminal = Deno.stdout.isTerminal();
  return (state) => {
    const { step } = state.optimizer;
    const last = step === recipe.steps;
    if (terminal) {
      const line = `\r\x1b[K${progressLine(recipe, state)}${last ? "\n" : ""}`;
      Deno.stdout.writeSync(new TextEncoder().encode(line));
    } else if (step % every === 0 || last) console.log(progressLine(recipe, state));
  };
}
