/** Where positions lie in a model's stream, and who else is there. */
import memoize from "memoize";
import { type Model, run } from "../../mod.ts";
import * as tensor from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { predictionsTaught } from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";
import type { Started } from "./subjects.ts";

const W_POS = "pos_embed.W_pos";
const W_E = "embed.W_E";

/** Which random draws chance is measured by. */
const DRAWS = Array.from({ length: 20 }, (_, draw) => draw);

/** How many dimensions vectors fill, and how they lie along the first of them; as evidence. */
export type Spread = {
  /** The participation ratio: a dimension counts by its share of the variance. */
  readonly ratio: number;
  /** What as many random vectors would fill. */
  readonly random: number;
  readonly width: number;
  /** The fewest directions that hold nine tenths of the variance. */
  readonly directions: number;
  /** The share of the variance along the first direction. */
  readonly first: number;
  /** Where each vector lies along the first direction, in standard deviations. */
  readonly along: readonly number[];
  /** How well that can be read off as on a ruler: |r| with the vectors' order. */
  readonly ruler: number;
  /** Over how many of the stream's coordinates the first direction is spread. */
  readonly coordinates: number;
};

/** How some vectors spread, one a row. */
export function spread(x: tensor.Tensor, components = probes.principalComponents(x)): Spread {
  const [rows, width] = x.shape;
  const { variances } = components;
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  let held = 0;
  const counted = variances.map((variance) => (held += variance) / total);
  const [first] = components.axes.transpose(1, 0).unstack(); // [width]
  const at = [...tensor.product(tensor.centre(x), first.reshape(width, 1)).data];
  const [size, places] = [Math.sqrt(tensor.dot(at, at)), at.map((_, i) => i - (rows - 1) / 2)];
  const r = tensor.dot(at, places) / size / Math.sqrt(tensor.dot(places, places));
  const squares = first.map((value) => value ** 2).data;
  return {
    ratio: probes.participationRatio({ variances }),
    random: probes.randomParticipationRatio(rows, width),
    width,
    directions: counted.findIndex((share) => share >= 0.9) + 1,
    first: counted[0],
    along: at.map((value) => Math.sign(r) * value * Math.sqrt(rows) / size),
    ruler: Math.abs(r),
    coordinates: 1 / tensor.dot(squares, squares),
  };
}

// Several claims are about the same vectors and areas.
const componentsOf = memoize(({ weights }: Model) => probes.principalComponents(weights[W_POS]), {
  cache: new WeakMap(),
});

const lossOf = memoize(async (model: Model) => {
  const rows = await texts.heldOutRows({ rows: 8, length: 60 });
  return tensor.mean(await probes.lossByPosition(model, rows));
}, { cache: new WeakMap() });

/** How the vectors of a model's positions spread. */
export function spreadOfPositions(model: Model): Spread {
  return spread(model.weights[W_POS], componentsOf(model));
}

/** The same of as many tokens' embeddings. */
export function spreadOfTokens(model: Model): Spread {
  return spread(tokensOf(model));
}

/**
 * What is left in a trained table of positions of what was drawn for it, what its first direction
 * holds, how many directions hold nine tenths of it and of a twin's, and how far its loss is from
 * the twin's.
 */
export async function leftOfStart({ before, after, twin }: Started) {
  const { first, directions } = spreadOfPositions(after);
  return {
    ...leftOf(before.weights[W_POS], after.weights[W_POS]),
    first,
    directions,
    twins: spreadOfPositions(twin).directions,
    apart: Math.abs(await lossOf(after) - await lossOf(twin)),
    tokens: predictionsTaught("large-start/1"),
  };
}

/**
 * What is left of a drawn table in what it became, by variances: which share of the table it makes
 * up,
 * r^2 over all numbers, and which share of what was drawn that is.
 */
export function leftOf(drawn: tensor.Tensor, table: tensor.Tensor) {
  const [x, y] = [tensor.centre(drawn).data, tensor.centre(table).data];
  const common = tensor.dot(x, y) ** 2 / tensor.dot(x, x);
  return { ofTable: common / tensor.dot(y, y), ofDrawn: common / tensor.dot(x, x) };
}

/** The directions of a model's positions. */
export const areaOf: (model: Model) => probes.Subspace = memoize(
  (model: Model) => probes.positionSubspace(model, componentsOf(model)),
  { cache: new WeakMap() },
);

/** As many directions drawn at random. */
function randomArea(model: Model, draw: number | string): probes.Subspace {
  return probes.randomSubspace(areaOf(model), draw);
}

const randomAreas = memoize(
  (model: Model) => DRAWS.map((draw) => randomArea(model, draw)),
  { cache: new WeakMap() },
);

/** As many embeddings as positions, evenly over the vocabulary; all of them where it is shorter. */
export const tokensOf: (model: Model) => tensor.Tensor = memoize(
  ({ weights, config: { n_ctx, d_vocab } }: Model) =>
    tensor.evenRows(weights[W_E], Math.min(n_ctx, d_vocab)),
  { cache: new WeakMap() },
);

/** The mean |cos| of as many random vectors as there are positions with the same tokens. */
function cosineByChance(model: Model, draw: number): number {
  return probes.meanCosine(randomVectors(model.weights[W_POS].shape, draw), tokensOf(model));
}

/** Models of one shape are compared with the same vectors. */
const randomVectors = memoize(
  (shape: readonly number[], draw: number) =>
    new tensor.Random(`vectors ${draw}`).normalTensor(shape),
  { cacheKey: ([shape, draw]) => `${shape} ${draw}` },
);

const sharesByChance = memoize(
  (model: Model) =>
    probes.varianceWithin(model.weights[W_E], randomAreas(model).map(({ axes }) => axes)),
  { cache: new WeakMap() },
);
const cosinesByChance = memoize(
  (model: Model) => DRAWS.map((draw) => cosineByChance(model, draw)),
  { cache: new WeakMap() },
);

/** How far tokens reach into an area of the stream, and into as many random directions. */
export function overlap(model: Model, { axes, chance } = areaOf(model)) {
  const [share] = probes.varianceWithin(model.weights[W_E], [axes]);
  const cosine = probes.meanCosine(model.weights[W_POS], tokensOf(model));
  const random = { shares: sharesByChance(model), cosines: cosinesByChance(model) };
  return { share, chance, cosine, random };
}

/** The same of as many directions drawn at random. */
export function overlapElsewhere(model: Model) {
  return overlap(model, randomArea(model, "another"));
}

/** The same with as many random vectors in the positions' place: one draw more than chance has. */
export function overlapByChance(model: Model) {
  return { ...overlap(model), cosine: cosineByChance(model, DRAWS.length) };
}

/** What the first attention layer writes on held-out texts, text by text and as one list. */
const writtenFirst = memoize(async (model: Model) => {
  const rows = await texts.heldOutRows({ rows: 8, length: model.config.n_ctx });
  const hook = "blocks.0.hook_attn_out";
  const first = (await run(model, rows, { hooks: [hook] })).get(hook); // [batch, pos, d_model]
  const [batch, length, width] = first.shape;
  return { first, vectors: first.reshape(batch * length, width) };
}, { cache: new WeakMap() });

/** The most that it writes into random areas, each as large as that of the positions. */
const writtenByChance = memoize(async (model: Model) => {
  const { first, vectors } = await writtenFirst(model);
  const random = randomAreas(model).map(({ axes }) => axes);
  const shares = probes.varianceWithin(vectors, random);
  return {
    due: tensor.max(shares) / areaOf(model).chance,
    between: tensor.max(probes.betweenPositions(first, random)),
  };
}, { cache: new WeakMap() });

/** What the first attention layer writes into an area, and into random ones of its size. */
export async function written(model: Model, { axes, chance } = areaOf(model)) {
  const { first, vectors } = await writtenFirst(model);
  return {
    directions: axes.shape[1],
    /** In multiples of what is due to the area's size. */
    first: probes.varianceWithin(vectors, [axes])[0] / chance,
    /** Of what the first attention layer writes there, what lies between positions. */
    between: probes.betweenPositions(first, [axes])[0],
    /** The most in any random area. */
    random: await writtenByChance(model),
  };
}

/** The same of as many directions drawn at random. */
export function writtenElsewhere(model: Model) {
  return written(model, randomArea(model, "other"));
}
