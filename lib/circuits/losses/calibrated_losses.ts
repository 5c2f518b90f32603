import { max, mean, min } from "../../tensor/mod.ts";

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
  const ahead = groups.map((group) => group.map(aheadOfRight));
  const lossesAt = (sharpness: number) =>
    ahead.map((group) => mean(group.map((leads) => lossOf(leads, sharpness))));
  const spread = max(ahead.flat().map(({ behind }) => -min(behind)));
  const most = spread === 0 ? 1 : SUREST / spread;
  return lossesAt(lowest((sharpness) => mean(lossesAt(sharpness)), most));
}

/** How far the highest score stands above the right one, and each of them behind the highest. */
interface Leads {
  readonly top: number;
  readonly behind: Float64Array;
}

function aheadOfRight({ scores, right }: Choice): Leads {
  const highest = max(scores);
  return {
    top: highest - scores[right],
    behind: Float64Array.from(scores, (score) => score - highest),
  };
}

function lossOf({ top, behind }: Leads, sharpness: number): number {
  let sum = 0; // a plain loop: this is done for each guess at each sharpness
  for (let i = 0; i < behind.length; i++) sum += Math.exp(sharpness * behind[i]);
  return Math.log(sum) + sharpness * top;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where from 0 to `most` a convex function, as the loss is of the sharpness, is lowest. */
function lowest(f: (x: number) => number, most: number): number {
  let [from, to] = [0, most];
  let [left, right] = [to - GOLDEN * most, GOLDEN * most];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let step = 0; step < 26; step++) { // to 4e-6 of the range
    if (atLeft < atRight) {
      [to, right, atRight] = [right, left, atLeft];
      atLeft = f(left = to - GOLDEN * (to - from));
    } else {
      [from, left, atLeft] = [left, right, atRight];
      atRight = f(right = from + GOLDEN * (to - from));
    }
  }
  return (from + to) / 2;
}
