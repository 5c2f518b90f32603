import { hookOf } from "../model/hooks.ts";
import type { Model } from "../model/model.ts";
import type { Intervention } from "../runtime/interventions.ts";
import { run } from "../runtime/run.ts";
import { Random } from "../tensor/random.ts";
import { sizeOf, Tensor } from "../tensor/tensor.ts";

/** Which way influence is looked for. */
export interface InfluenceOptions {
  /** Where to nudge: a hook, or "tokens" to swap the token itself for another. */
  readonly from: string;
  /** Where to look for a change: a hook. */
  readonly to: string;
  /** How far to nudge each coordinate, as a standard deviation; 1 unless told. */
  readonly size?: number;
  /** Which random nudges; 0 unless told. */
  readonly seed?: number | string;
}

/**
 * Who can move whom. Position by position, what stands at `from` is nudged there alone, and the
 * largest absolute change at `to` is noted for every position: a matrix [nudged, read] in which
 * column j says what position j feels. All positions of one text are nudged in one batch.
 *
 * @param tokens One text.
 */
export async function influence(
  model: Model,
  tokens: readonly number[],
  { from, to, size = 1, seed = 0 }: InfluenceOptions,
): Promise<Tensor> {
  const random = new Random(`nudge ${seed}`);
  // Row 0 is the text as it is; in row p + 1 position p is nudged.
  const rows = [tokens, ...tokens.map(() => tokens)];
  if (from === "tokens") {
    const edited = rows.map((row, r) => r === 0 ? row : editToken(model, row, r - 1, random));
    return compare(model, to, (await run(model, edited, { hooks: [to] })).get(to));
  }
  const clean = (await run(model, [tokens], { hooks: [from] })).get(from);
  const interventions = tokens.map((_, p): Intervention => ({
    hook: from,
    rows: [p + 1],
    positions: [p],
    to: clean.map((x) => x + size * random.normal()),
  }));
  return compare(model, to, (await run(model, rows, { hooks: [to], interventions })).get(to));
}

function editToken({ config }: Model, row: readonly number[], p: number, random: Random): number[] {
  if (config.d_vocab < 2) {
    throw new RangeError("Cannot edit a token: two words are required, got 1");
  }
  const other = (row[p] + random.integer(1, config.d_vocab - 1)) % config.d_vocab;
  return row.map((token, i) => i === p ? other : token);
}

/** The largest change of each position against row 0: [nudged, read]. */
function compare({ config }: Model, hook: string, x: Tensor): Tensor {
  const axis = hookOf(config, hook).axes.findIndex((name) => name === "pos" || name === "query");
  const length = x.shape[axis];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const moved = Tensor.full([x.shape[0] - 1, length]);
  const base = x.get(0).data;
  for (let row = 1; row < x.shape[0]; row++) {
    x.get(row).data.forEach((value, i) => {
      const cell = (row - 1) * length + Math.floor(i / inner) % length;
      // Two minus infinities, as at masked scores, are no change.
      const change = value === base[i] ? 0 : Math.abs(value - base[i]);
      moved.data[cell] = Math.max(moved.data[cell], change);
    });
  }
  return moved;
}

/** An influence matrix in a few numbers, as evidence. */
export interface InfluenceSummary {
  /** The least that a nudged position itself moved. */
  readonly self: number;
  /** The most that any position moved by a nudge to its right: what comes later. */
  readonly earlier: number;
  /** The most that any position moved by a nudge to its left: what came before. */
  readonly later: number;
}

/** What an influence matrix says of a position itself, of those before it and those after it. */
export function summarize(matrix: Tensor): InfluenceSummary {
  const summary = { self: Infinity, earlier: 0, later: 0 };
  matrix.data.forEach((moved, i) => {
    const [nudged, read] = [Math.floor(i / matrix.shape[1]), i % matrix.shape[1]];
    if (nudged === read) summary.self = Math.min(summary.self, moved);
    else if (read < nudged) summary.earlier = Math.max(summary.earlier, moved);
    else summary.later = Math.max(summary.later, moved);
  });
  return summary;
}
