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
 * column j says what position j feels.
 *
 * @param tokens One text.
 */
export async function influence(
  model: Model,
  tokens: readonly number[],
  { from, to, ...options }: InfluenceOptions,
): Promise<Tensor> {
  const [matrix] = await influences(model, tokens, [{ from, to }], options);
  return matrix;
}

/**
 * The same in every block: `from` and `to` are hooks named without their block.
 *
 * @returns A matrix [nudged, read] for each layer.
 */
export function influenceByLayer(
  model: Model,
  tokens: readonly number[],
  { from, to, ...options }: InfluenceOptions,
): Promise<Tensor[]> {
  const layers = Array.from({ length: model.config.n_layers }, (_, layer) => ({
    from: `blocks.${layer}.${from}`,
    to: `blocks.${layer}.${to}`,
  }));
  return influences(model, tokens, layers, options);
}

/**
 * Several pairs of hooks, all in one batch: row 0 is the text as it is, then a row for each nudge.
 *
 * @returns A matrix [nudged, read] for each pair.
 */
export async function influences(
  model: Model,
  tokens: readonly number[],
  pairs: readonly Pick<InfluenceOptions, "from" | "to">[],
  { size = 1, seed = 0 }: Pick<InfluenceOptions, "size" | "seed"> = {},
): Promise<Tensor[]> {
  const random = new Random(`nudge ${seed}`);
  const rows = [tokens];
  const interventions: Intervention[] = [];
  for (const { from } of pairs) {
    tokens.forEach((_, position) => {
      const edited = from === "tokens" ? editToken(model, tokens, position, random) : tokens;
      const row = rows.push(edited) - 1;
      if (from === "tokens") return;
      const to = (clean: Tensor) => clean.get(0).map((x) => x + size * random.normal());
      interventions.push({ hook: from, rows: [row], positions: [position], to });
    });
  }
  const result = await run(model, rows, { hooks: pairs.map(({ to }) => to), interventions });
  return pairs.map(({ to }, i) => {
    const x = result.get(to);
    const nudged = tokens.map((_, position) => x.get(1 + i * tokens.length + position));
    return compare(model, to, x.get(0), nudged);
  });
}

function editToken(
  { config }: Model,
  text: readonly number[],
  p: number,
  random: Random,
): number[] {
  if (config.d_vocab < 2) {
    throw new RangeError("Cannot edit a token: two words are required, got 1");
  }
  const other = (text[p] + random.integer(1, config.d_vocab - 1)) % config.d_vocab;
  return text.map((token, i) => i === p ? other : token);
}

/** How far each position of a hook moved against the text as it is: [nudged, read]. */
function compare({ config }: Model, hook: string, clean: Tensor, nudged: Tensor[]): Tensor {
  const { axes } = hookOf(config, hook);
  const axis = axes.findIndex((name) => name === "pos" || name === "query") - 1; // without batch
  const length = clean.shape[axis]; // 1 where a broken model has one answer for all positions
  const inner = sizeOf(clean.shape.slice(axis + 1));
  const moved = Tensor.full([nudged.length, length]);
  nudged.forEach(({ data }, row) => {
    data.forEach((value, i) => {
      const cell = row * length + Math.floor(i / inner) % length;
      // Two minus infinities, as at masked scores, are no change.
      const change = value === clean.data[i] ? 0 : Math.abs(value - clean.data[i]);
      moved.data[cell] = Math.max(moved.data[cell], change);
    });
  });
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

/**
 * What some influence matrices say of a position itself, of those before it and those after it.
 *
 * @throws {RangeError} If there is no matrix, as for a model without blocks.
 */
export function summarize(...matrices: readonly Tensor[]): InfluenceSummary {
  if (matrices.length === 0) {
    throw new RangeError("Cannot summarize influence: at least one matrix is required, got none");
  }
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
