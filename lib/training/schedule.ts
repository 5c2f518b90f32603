import type { Optimizer } from "./recipe.ts";

/** What is left of the highest rate at the last step. */
const FLOOR = 0.1;

/**
 * The learning rate at a step (from 0): up in a straight line, then down in one to a tenth.
 *
 * @param steps All of them, those of the warm-up included.
 */
export function rateAt(
  step: number,
  { rate, warmup, steps }: Pick<Optimizer, "rate" | "warmup"> & { readonly steps: number },
): number {
  if (step < warmup) return rate * (step + 1) / warmup;
  const done = (step - warmup) / Math.max(1, steps - 1 - warmup);
  return rate * (1 - (1 - FLOOR) * Math.min(1, done));
}
