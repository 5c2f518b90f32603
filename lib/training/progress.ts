import type { TrainingState } from "./loop.ts";
import { type Plan, tokensIn } from "./recipe.ts";

/** Characters in the bar. */
const BAR = 24;
/** Steps over which the loss is averaged: that of one batch jumps about. */
const RECENT = 50;

/** One line on how far a run is, after at least one step: a bar, loss, speed and time left. */
export function progressLine(
  recipe: Plan,
  { optimizer: { step }, losses, seconds }: TrainingState,
): string {
  const done = step / recipe.steps;
  const full = Math.floor(done * BAR); // full only when all is done
  const bar = "#".repeat(full) + "-".repeat(BAR - full);
  const recent = losses.slice(-RECENT);
  const loss = recent.reduce((sum, x) => sum + x, 0) / recent.length;
  const speed = tokensIn({ ...recipe, steps: step }) / seconds;
  return [
    `${recipe.name} [${bar}] step ${step}/${recipe.steps}`,
    `loss ${loss.toFixed(3)}`,
    `${Math.round(speed)} ${recipe.config.n_ctx ? "tokens" : "examples"}/s`,
    `${duration(seconds / done - seconds)} left`,
  ].join("  ");
}

/** Seconds as people say them, rounded up: 45 s, 12 min, 1 h 5 min. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
