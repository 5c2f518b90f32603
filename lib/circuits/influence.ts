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

/**
 * The same in every block: `from` and `to` are hooks named without their block.
 *
 * @returns A matrix [nudged, read] for each layer.
 */
export async function influenceByLayer(
  model: Model,
  tokens: readonly number[],
  { from, to, ...options }: InfluenceOptions,
): Promise<Tensor[]> {
  const matrices: Tensor[] = [];
  for (let layer = 0; layer < model.config.n_layers; layer++) {
    const hooks = { from: `blocks.${layer}.${from}`, to: `blocks.${layer}.${to}` };
    matrices.push(await influence(model, tokens, { ...options, ...hooks }));
  }
  return matrices;
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

/** Influence in a few numbers, as evidence. */
export type InfluenceSummary = {
  /** The least that a nudged position itself moved. */
  readonly self: number;
  /** The most that any position before the nudged one moved. */
  readonly earlier: number;
  /** The most that any position after the nudged one moved. */
  readonly later: number;
  /** The least that any position after the nudged one moved. */
  readonly reach: number;
};

/** What some influence matrices say of a position itself, of those before it and those after it. */
export function summarize(...matrices: readonly Tensor[]): InfluenceSummary {
  const felt = { self: [] as number[], earlier: [] as number[], later: [] as number[] };
  for (const matrix of matrices) {
    matrix.data.forEach((moved, i) => {
      const [nudged, read] = [Math.floor(i / matrix.shape[1]), i % matrix.shape[1]];
      felt[nudged === read ? "self" : read < nudged ? "earlier" : "later"].push(moved);
    });
  }
  return {
    self: Math.min(...felt.self),
    earlier: Math.max(0, ...felt.earlier),
    later: Math.max(0, ...felt.later),
    reach: felt.later.length > 0 ? Math.min(...felt.later) : 0,
  };
}
