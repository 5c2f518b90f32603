/** What a model is worth that was taught at every position, and one taught at the last alone. */
import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { mean, min, standardError, Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import type * as models from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";
import type { Lesson, Three } from "./subjects.ts";

/** Tokens in a prompt: each about twice as many as before, up to the whole window. */
const LENGTHS = [1, 2, 4, 8, 15, 30, 60];
const WINDOW = LENGTHS.at(-1)!;
/**
 * From here on the models that use a prompt do as well as with the whole of it. Chosen after a look
 * at these lengths: after one token or two there is little to go by, wherever it stands. At other
 * lengths that had not been looked at, 5 to 50 tokens, in 384 other windows, what `lost` is was
 * 0.32 +- 0.03 and 0.26 +- 0.02 nats, and `lostByFirst` -0.03 and -0.04.
 */
const ENOUGH = LENGTHS.filter((length) => length >= 4 && length < WINDOW);

/** The losses of the same tokens, [row], after so many of those before each. */
const after = memoize(async (model: Model, length: number) => {
  const rows = await texts.heldOutRows({ rows: 96, length: WINDOW + 1 });
  return await probes.lastLosses(model, rows.map((row) => row.slice(-length - 1)));
}, { cacheKey: ([{ name }, length]) => `${name} ${length}` });

/** The same for prompts of each length, and whoever is asked after it: [length][row]. */
async function afterEach(asked: (length: number) => Model): Promise<number[][]> {
  const all: number[][] = [];
  for (const length of LENGTHS) all.push(await after(asked(length), length));
  return all;
}

/** By how much the second losses are above the first, and the error of that from row to row. */
function difference(low: readonly number[], high: readonly number[]) {
  const apart = high.map((loss, row) => loss - low[row]);
  return { nats: mean(apart), error: standardError(apart) };
}

/** Both models of a lesson at the last position of held-out windows. */
export async function compare({ every, last, frequencies, taught, curves }: Lesson) {
  const [a, b] = [await after(every, WINDOW), await after(last, WINDOW)];
  return {
    lastOfEvery: mean(a),
    lastOfLast: mean(b),
    gain: difference(a, b),
    /** How far the one taught at the last is from one that knows how common words are. */
    hardlyMore: difference(b, await after(frequencies, WINDOW)).nats,
    fewer: taught[0] / taught[1],
    curve: thinned(curves),
  };
}

/** Means of five points each, for a picture. */
function thinned({ every, last, frequencies }: Lesson["curves"]) {
  const fives = <T>(curve: models.LossCurve, read: (part: models.LossCurve) => T) =>
    Array.from({ length: curve.length / 5 }, (_, i) => read(curve.slice(5 * i, 5 * i + 5)));
  const losses = (curve: models.LossCurve) =>
    fives(curve, (part) => mean(part.map(([, loss]) => loss)));
  return {
    step: fives(every, (part) => part.at(-1)![0]),
    every: losses(every),
    last: losses(last),
    frequencies: losses(frequencies),
  };
}

/** What both models of a lesson make of shorter prompts. */
export function shortPrompts(lesson: Lesson) {
  return afterPrompts(lesson, () => lesson.last);
}

/** The same where the second is given them at the end of the window. */
export function shortPromptsAtTheEnd(lesson: Lesson) {
  return afterPrompts(lesson, (length) => {
    // A whole window has nowhere to move to.
    return length === WINDOW ? lesson.last : atTheEnd(lesson.last, length);
  });
}

async function afterPrompts({ every, frequencies }: Lesson, moved: (length: number) => Model) {
  const a = await afterEach(() => every);
  const b = await afterEach(moved);
  const common = await after(frequencies, WINDOW);
  const ahead = a.map((each) => difference(each, common));
  const enough = ENOUGH.map((length) => b[LENGTHS.indexOf(length)]);
  const cut = enough[0].map((_, row) => mean(enough.map((each) => each[row])));
  return {
    length: LENGTHS,
    every: a.map(mean),
    last: b.map(mean),
    common: LENGTHS.map(() => mean(common)),
    /** How far the first is ahead of one that knows how common words are, after each length. */
    ahead: ahead.map(({ nats }) => nats),
    clear: min(ahead.map(({ nats, error }) => nats - 3 * error)),
    /** What the second loses where a prompt is cut, which costs the first nothing. */
    lost: difference(b.at(-1)!, cut),
    lostByFirst: mean(ENOUGH.map((length) => mean(a[LENGTHS.indexOf(length)]))) - mean(a.at(-1)!),
  };
}

/** @internal A model whose first `length` positions are the last ones of its window. */
export function atTheEnd(model: Model, length: number): Model {
  const table = "pos_embed.W_pos";
  const { data, shape: [n_ctx, d_model] } = model.weights[table]; // [n_ctx, d_model]
  const cut = (n_ctx - length) * d_model;
  const turned = Float32Array.from([...data.subarray(cut), ...data.subarray(0, cut)]);
  return {
    ...model,
    name: `${model.name}, the last ${length} positions first`,
    weights: { ...model.weights, [table]: new Tensor(turned, [n_ctx, d_model]) },
  };
}

/**
 * Three models at the last position: taught everywhere, without the mask, and there alone. Without
 * the
 * mask all answers but the last stand in the text, one place on, and can be copied.
 */
export async function honest({ every, unmasked, last }: Three) {
  const [a, b, c] = [
    await after(every, WINDOW),
    await after(unmasked, WINDOW),
    await after(last, WINDOW),
  ];
  return { losses: [mean(a), mean(b), mean(c)], more: difference(a, b), rest: difference(b, c) };
}
