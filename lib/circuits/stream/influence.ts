import { hookOf, inEachBlock, type Model } from "../../model/mod.ts";
import { type Intervention, run } from "../../runtime/mod.ts";
import { maxDifference, Random, Tensor } from "../../tensor/mod.ts";
import { inGroups } from "../texts/in_batches.ts";

/** Which way influence is looked for. */
export interface Pair {
  /** Where to nudge: a hook [batch, pos, ...], or "tokens" to swap the token itself for another. */
  readonly from: string;
  /** Where to look for a change: a hook. */
  readonly to: string;
  /** Which positions to nudge, a row of the result for each; all unless told. */
  readonly at?: readonly number[];
}

/** How to nudge. */
export interface Nudge {
  /**
   * How far to nudge each coordinate, as a standard deviation; 1 unless told. Tokens are swapped
   * whatever it is, but for 0, which changes nothing.
   */
  readonly size?: number;
}

/** A pair of hooks named without their block, in each block of a model. */
export function pairsInEachBlock({ config }: Model, { from, to }: Pair): Pair[] {
  const ends = inEachBlock(config, to);
  return inEachBlock(config, from).map((hook, layer) => ({ from: hook, to: ends[layer] }));
}

/**
 * Who can move whom. Position by position, what stands at `from` is nudged there alone, and the
 * largest absolute change at `to` is noted for every position: a matrix [nudged, read] in which
 * column j says what position j feels. All is done in one batch, or in several where the vocabulary
 * is large: row 0 is the text as it is, then comes a row for each nudge.
 *
 * @param tokens One text.
 * @returns A matrix [nudged, read] for each pair.
 */
export async function influences(
  model: Model,
  tokens: readonly number[],
  pairs: readonly Pair[],
  { size = 1 }: Nudge = {},
): Promise<Tensor[]> {
  const random = new Random("nudge 0");
  const intervene = pairs.map(({ from }) => from).filter((from) => from !== "tokens"); // one session
  const how = { size, random, intervene };
  const found: Tensor[] = [];
  const nudges = ({ at = tokens }: Pair) => at.length;
  for (const group of inGroups(pairs, model.config, tokens.length, nudges)) {
    found.push(...await influencesAtOnce(model, tokens, group, how));
  }
  return found;
}

async function influencesAtOnce(
  model: Model,
  tokens: readonly number[],
  pairs: readonly Pair[],
  how: { readonly size: number; readonly random: Random; readonly intervene: readonly string[] },
): Promise<Tensor[]> {
  const { size, random, intervene } = how;
  const rows = [tokens];
  const interventions: Intervention[] = [];
  const placesOf = ({ at = [...tokens.keys()] }: Pair) => at;
  for (const pair of pairs) {
    const [hook, swap] = [pair.from, pair.from === "tokens"];
    for (const position of placesOf(pair)) {
      const edit = swap && size !== 0;
      const row = rows.push(edit ? editToken(model, tokens, position, random) : tokens) - 1;
      if (swap) continue;
      const to = (clean: Tensor) => nudged(clean.get(0, position), size, random);
      interventions.push({ hook, rows: [row], positions: [position], to });
    }
  }
  const looked = pairs.filter((pair) => placesOf(pair).length > 0);
  const hooks = looked.map(({ to }) => to);
  const result = await run(model, rows, { hooks, interventions, intervene });
  let row = 1;
  return pairs.map((pair) => {
    if (!looked.includes(pair)) return Tensor.full([0]);
    const x = result.get(pair.to);
    return compare(model, pair.to, x.get(0), placesOf(pair).map(() => x.get(row++)));
  });
}

/** What stands at one position, moved in every coordinate: [1, 1, ...], to broadcast. */
function nudged(x: Tensor, size: number, random: Random): Tensor {
  return x.map((value) => value + size * random.normal()).reshape(1, 1, ...x.shape);
}

/**
 * A text with another token, drawn at random, in one place.
 *
 * @throws {RangeError} If there is no other token.
 */
export function editToken(
  { config: { d_vocab } }: Model,
  text: readonly number[],
  place: number,
  random: Random,
): number[] {
  if (d_vocab < 2) throw new RangeError("Cannot edit a token: two words are required, got 1");
  const other = (text[place] + random.integer(1, d_vocab - 1)) % d_vocab;
  return text.with(place, other);
}

/** How far each position of a hook moved against the text as it is: [nudged, read]. */
function compare({ config }: Model, hook: string, clean: Tensor, nudged: Tensor[]): Tensor {
  const { axes } = hookOf(config, hook);
  const axis = axes.findIndex((name) => name === "pos" || name === "query") - 1; // without batch
  const others = [...clean.shape.keys()].filter((other) => other !== axis);
  const positionsOf = (x: Tensor) => (axis === 0 ? x : x.transpose(axis, ...others)).unstack();
  const own = positionsOf(clean); // one where a broken model has one answer for all positions
  return Tensor.from(nudged.map((x) => positionsOf(x).map((at, p) => maxDifference(at, own[p]))));
}
