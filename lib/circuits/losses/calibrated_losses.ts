import { max, mean, min } from "../../tensor/mod.ts";
import { logProbability } from "./log_probability.ts";

/** A choice among several: the score of each, and which of them was the right one. */
export interface Choice {
  readonly scores: readonly number[];
  readonly right: number;
}

/** Times the width of the range of scores: enough to be sure of all that stand apart at all. */
const SUREST = 60;

/**
 * The mean loss of each group of choices, in nats, once all scores were multiplied by the one number
 * that suits them best. What a guesser knows is told so from how sure it is of it: who is too sure of
 * what is often right loses much as it stands, and little here; who knows nothing is best off with
 * even odds.
 */
export function calibratedLosses(groups: readonly (readonly Choice[])[]): number[] {
  const lossesAt = (sharpness: number) =>
    groups.map((group) => mean(group.map((choice) => lossOf(choice, sharpness))));
  const spread = max(groups.flat().map(({ scores }) => max(scores) - min(scores)));
  const most = spread === 0 ? 1 : SUREST / spread;
  return lossesAt(lowest((sharpness) => mean(lossesAt(sharpness)), most));
}

function lossOf({ scores, right }: Choice, sharpness: number): number {
  return -logProbability(scores.map((score) => sharpness * score), right);
}

/** Where from 0 to `most` a convex function, as the loss is of the sharpness, is lowest. */
function lowest(f: (x: number) => number, most: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [from, to] = [0, most];
  for (let step = 0; step < 40; step++) { // to 4e-9 of the range
    const [left, right] = [to - golden * (to - from), from + golden * (to - from)];
    if (f(left) < f(right)) to = right;
    else from = left;
  }
  return (from + to) / 2;
}
