import type { Model } from "../../model/mod.ts";
import { max, min, type Tensor } from "../../tensor/mod.ts";
import { drawTokens } from "../texts/draw_tokens.ts";
import { influences, type Nudge, type Pair } from "./influence.ts";

/** Influence in a few numbers, as evidence. */
export type InfluenceSummary = {
  /** The least that a nudged position itself moved. */
  readonly self: number;
  /** The most that any position before the nudged one moved. */
  readonly earlier: number;
  /** The most that any position after the nudged one moved. */
  readonly later: number;
  /** The least, over nudges with something after them, of the most that anything after moved. */
  readonly reach: number;
};

/**
 * What some influence matrices say of a position itself, of those before it and those after it.
 *
 * @param at Which positions were nudged, where not all: one for each row.
 * @throws {RangeError} If there is no matrix, as for a model without blocks.
 */
export function summarizeInfluence(
  matrices: readonly Tensor[],
  at?: readonly number[],
): InfluenceSummary {
  if (matrices.length === 0) {
    throw new RangeError("Cannot summarize influence: at least one matrix is required, got none");
  }
  const rows = matrices.flatMap((matrix) =>
    matrix.unstack().map(({ data: moved }, row) => {
      const p = at?.[row] ?? row;
      return { self: moved[p] ?? moved[0], before: moved.slice(0, p), after: moved.slice(p + 1) };
    })
  );
  const after = rows.map((row) => row.after).filter((places) => places.length > 0);
  return {
    self: min(rows.map((row) => row.self)),
    earlier: max([0, ...rows.map((row) => max(row.before))]),
    later: max([0, ...after.map(max)]),
    reach: after.length > 0 ? min(after.map(max)) : 0,
  };
}

/** What {@linkcode probeInfluence} found: the numbers, and one matrix to look at. */
export type InfluenceEvidence = InfluenceSummary & {
  /** The first pair's matrix on the short text: [nudged][read]. */
  readonly moved: readonly (readonly number[])[];
};

/**
 * Looks for influence everywhere that it might hide. Where the window is short, every position is
 * nudged. Where it is long, the middle of a whole window, whose places a short text never reaches;
 * and for the first pair its end too, and every position of a short text.
 *
 * @param pairs From which hooks to which.
 */
export async function probeInfluence(
  model: Model,
  pairs: readonly Pair[],
  nudge: Nudge = {},
): Promise<InfluenceEvidence> {
  const [[short], [long]] = [drawTokens(model), drawTokens(model, { length: model.config.n_ctx })];
  const whole = long.length === short.length;
  const [first, ...others] = pairs;
  const nowhere = others.map((pair) => ({ ...pair, at: [] })); // in one session with the rest
  const close = await influences(model, short, whole ? pairs : [first, ...nowhere], nudge);
  const moved = close[0].toNested() as number[][];
  if (whole) return { ...summarizeInfluence(close), moved };
  const middle = Math.floor(long.length / 2);
  const ends = [middle, long.length - 1];
  const places = [{ ...first, at: ends }, ...others.map((pair) => ({ ...pair, at: [middle] }))];
  const far = await influences(model, long, places, nudge);
  const found = far.map((matrix, i) => summarizeInfluence([matrix], places[i].at));
  return { ...[summarizeInfluence(close.slice(0, 1)), ...found].reduce(worse), moved };
}

/** The worse of two summaries in each number. */
function worse(a: InfluenceSummary, b: InfluenceSummary): InfluenceSummary {
  return {
    self: Math.min(a.self, b.self),
    earlier: Math.max(a.earlier, b.earlier),
    later: Math.max(a.later, b.later),
    reach: Math.min(a.reach, b.reach),
  };
}
