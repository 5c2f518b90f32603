import { hookOf } from "../../model/hooks.ts";
import type { Model } from "../../model/model.ts";
import type { Intervention } from "../../runtime/interventions.ts";
import { run } from "../../runtime/run.ts";
import { Random } from "../../tensor/random.ts";
import { sizeOf, Tensor } from "../../tensor/tensor.ts";

/** Which way influence is looked for. */
export interface InfluenceOptions {
  /** Where to nudge: a hook [batch, pos, ...], or "tokens" to swap the token itself for another. */
  readonly from: string;
  /** Where to look for a change: a hook. */
  readonly to: string;
  /**
   * How far to nudge each coordinate, as a standard deviation; 1 unless told. Tokens are swapped
   * whatever it is, but for 0, which changes nothing.
   */
  readonly size?: number;
  /** Which random nudges; 0 unless told. */
  readonly seed?: number | string;
  /** Which positions to nudge, a row of the result for each; all unless told. */
  readonly at?: readonly number[];
}

/** From which hook to which, and, where it is not for all pairs alike, which positions to nudge. */
export type Pair = Pick<InfluenceOptions, "from" | "to" | "at">;

/** How to nudge. */
export type Nudge = Omit<InfluenceOptions, "from" | "to">;

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

/** A pair of hooks named without their block, in each block of a model. */
export function inEveryBlock({ config }: Model, { from, to }: Pair): Pair[] {
  return Array.from({ length: config.n_layers }, (_, layer) => ({
    from: `blocks.${layer}.${from}`,
    to: `blocks.${layer}.${to}`,
  }));
}

/**
 * Several pairs of hooks, all in one batch: row 0 is the text as it is, then a row for each nudge.
 *
 * @returns A matrix [nudged, read] for each pair.
 */
export async function influences(
  model: Model,
  tokens: readonly number[],
  pairs: readonly Pair[],
  { size = 1, seed = 0, at = [...tokens.keys()] }: Nudge = {},
): Promise<Tensor[]> {
  const random = new Random(`nudge ${seed}`);
  const rows = [tokens];
  const interventions: Intervention[] = [];
  for (const { from, at: places = at } of pairs) {
    for (const position of places) {
      const swap = from === "tokens" && size !== 0;
      const row = rows.push(swap ? editToken(model, tokens, position, random) : tokens) - 1;
      if (from === "tokens") continue;
      const to = (clean: Tensor) => nudged(clean.get(0, position), size, random);
      interventions.push({ hook: from, rows: [row], positions: [position], to });
    }
  }
  const intervene = pairs.map(({ from }) => from).filter((from) => from !== "tokens");
  const result = await run(model, rows, {
    hooks: pairs.map((p) => p.to),
    interventions,
    intervene,
  });
  let row = 1;
  return pairs.map(({ to, at: places = at }) => {
    const x = result.get(to);
    return compare(model, to, x.get(0), places.map(() => x.get(row++)));
  });
}

/** What stands at one position, moved in every coordinate: [1, 1, ...], to broadcast. */
function nudged(x: Tensor, size: number, random: Random): Tensor {
  return x.map((value) => value + size * random.normal()).reshape(1, 1, ...x.shape);
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
