/** How the learning rate moves over a training run. */
export interface Schedule {
  /** The highest learning rate, reached at the end of the warm-up. */
  readonly rate: number;
  /** Steps over which the rate rises from near 0, in a straight line. */
  readonly warmup: number;
  /** All steps, warm-up included. */
  readonly steps: number;
}

/** What is left of the highest rate at the last step. */
const FLOOR = 0.1;

/** The learning rate at a step (from 0): up in a straight line, then down in one to a tenth. */
export function rateAt(step: number, { rate, warmup, steps }: Schedule): number {
  if (step < warmup) return rate * (step + 1) / warmup;
  const done = (step - warmup) / Math.max(1, steps - 1 - warmup);
  return rate * (1 - (1 - FLOOR) * Math.min(1, done));
}
