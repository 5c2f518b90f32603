import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type Model, run } from "../../mod.ts";
import { relativeChange } from "../../lib/tensor/mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as pictures from "../../lib/claims/pictures/mod.ts";
import type * as models from "../../fixtures/mod.ts";
import { sentenceTokens } from "../../fixtures/texts/held_out.ts";
import { rotary, small } from "./subjects.ts";

type Subject = models.Subject<Model>;
type Change = (model: Model) => Model;

/**
 * Scores are sums of up to 128 products, each rounded at 2^-24 = 6e-8 of itself, in another order:
 * a few such steps relative to the largest score, over two to four layers. Ten times what was seen.
 */
export const ROUNDING = 1e-5;

/**
 * A model's scores and another's, by default its own collapsed: how far apart; and of the small
 * GPT, side by side, what the first head's last query gives to each token of the sentence.
 * Collapsed, it has neither queries nor keys: all layers live on what the first made of W_QK.
 */
export async function bothWays(model: Model, other: Model = transformer.collapsed(model)) {
  const compared = await probes.scoreDifference(model, other, probes.drawTokens(model));
  if (model.name !== small.name) return { ...compared, tokens: [], pair: [], matrix: [] };
  const { ids, pieces } = await sentenceTokens();
  const [pair, matrix] = [await scoresOfLast(model, ids), await scoresOfLast(other, ids)];
  return { ...compared, tokens: pieces, pair, matrix };
}

/** What the first head's last query scores for each token. */
async function scoresOfLast(model: Model, text: readonly number[]): Promise<number[]> {
  const hook = "blocks.0.attn.hook_attn_scores";
  const kept = await run(model, [[...text]], { hooks: [hook] });
  return [...kept.get(hook).get(0, 0, text.length - 1).data]; // of [batch, head, query, key]
}

/** A control: the scores of models against those of what a change makes of them. */
export function against(on: readonly Subject[], change: Change) {
  return { on, measure: (model: Model) => bothWays(model, change(model)) };
}

export const withoutBiases: Change = (model) => transformer.collapsed(model, { biases: false });

export const scoresBothWays = pictures.sentence<Awaited<ReturnType<typeof bothWays>>>({
  title: "Every score comes out the same both ways",
  caption: "The last token's score for each token, in the first head of the small GPT: worked " +
    "out by query and key, and by the one matrix without either.",
  on: { model: small },
  of: ({ evidence: { tokens, pair, matrix } }) => [
    { name: "by query and key", tokens, under: pair.map((score) => score.toFixed(1)) },
    { name: "by W_QK alone", tokens, under: matrix.map((score) => score.toFixed(1)) },
  ],
});

/** How far what the heads write is from what they write by W_OV, relative to the largest number. */
export async function writtenBothWays(model: Model, options?: transformer.CollapseOptions) {
  const other = transformer.collapsedOV(model, options);
  return { apart: await probes.writtenDifference(model, other, probes.drawTokens(model)) };
}

/** Two models' scores compared, how far the queries moved, and both models' keys and scores. */
export async function rebased(model: Model, other: Model) {
  const tokens = probes.drawTokens(model);
  const hooks = ["q", "k", "attn_scores"].map((hook) => `blocks.0.attn.hook_${hook}`);
  const begin = [tokens[0].slice(0, 8)];
  const [a, b] = [await run(model, begin, { hooks }), await run(other, begin, { hooks })];
  const [keys, others] = [a, b].map((kept) =>
    kept.get(hooks[1]).transpose(0, 2, 1, 3).get(0, 0).toNested() as number[][]
  ); // [pos][d_head]
  const [scores, sameScores] = [a, b].map((kept) =>
    (kept.get(hooks[2]).get(0, 0).toNested() as number[][])
      .map((row, query) => row.slice(0, query + 1)) // what the mask leaves
  ); // [query][key]
  const moved = relativeChange(a.get(hooks[0]), b.get(hooks[0]));
  const compared = await probes.scoreDifference(model, other, tokens);
  return { ...compared, moved, keys, others, scores, sameScores };
}

/** In a basis drawn for each head, far from its own; rotary positions allow only some of them. */
export const anyBasis: Change = (model) => {
  const { rotaryBasis, randomBasis, inAnotherBasis } = transformer;
  return inAnotherBasis(model, model.config.positions === "rotary" ? rotaryBasis : randomBasis);
};

export const sameBasis: Change = (model) =>
  transformer.inAnotherBasis(model, transformer.identityBasis);

/** A control: models beside what a change makes of them, in another basis. */
export function rebasing(on: readonly Subject[], change: Change) {
  return { on, measure: (model: Model) => rebased(model, change(model)) };
}

/** Of two bases: the same scores, and other queries. */
export const sameScoresElsewhere = {
  apart: { below: ROUNDING, what: "relative to the largest score" },
  // Turned about at random, a query would move by the square root of two of its length.
  moved: { above: 0.5, what: "how far the queries moved, relative to themselves" },
};

const twoSetsOfKeys = pictures.heatmap<Awaited<ReturnType<typeof rebased>>>({
  title: "Two sets of keys for one head of the small GPT",
  caption:
    "A row is the key of one position: as it was trained, and multiplied by the inverse of " +
    "a matrix drawn at random (transposed).",
  on: { model: small },
  x: { label: "number of the key" },
  y: { label: "position" },
  value: { label: "key", of: { "as trained": "keys", multiplied: "others" } },
});

const theSameScores = pictures.heatmap<Awaited<ReturnType<typeof rebased>>>({
  title: "The scores that either set of keys gives are the same",
  caption: "The same head: each position's score for itself and for those before it, with " +
    "queries and keys as they were trained, and with both multiplied.",
  on: { model: small },
  x: { label: "looked at" },
  y: { label: "looks" },
  value: { label: "score", of: { "as trained": "scores", multiplied: "sameScores" } },
});

export const keysAndScores: pictures.Show<Awaited<ReturnType<typeof rebased>>> = (runs) =>
  [twoSetsOfKeys(runs), theSameScores(runs)].flat();

/** How far scores are from those of a matrix for each distance; each takes one: of few tokens. */
export async function byMatrices(model: Model, matrixAt = probes.queryKeyMatrix) {
  const [text] = probes.drawTokens(model, { length: 8 });
  return { apart: await probes.scoresFromMatrices(model, text, matrixAt) };
}

/** The same with one matrix for each head, that of no distance. */
export function byOneMatrix(model: Model) {
  return byMatrices(model, (m, layer, head) => probes.queryKeyMatrix(m, layer, head));
}

/** In the first head of the rotary model, with its rotation and without. */
export const scoreByDistance = pictures.lines<probes.ScoresByDistance>({
  title: "One token's score for another changes with the distance between them",
  caption: "In the first head of the small GPT with rotary positions. If one matrix made the " +
    "scores, the line would be flat, as it is with the rotation turned off.",
  on: ({ model, control }) => model.startsWith(rotary.name) && control !== "no positions",
  x: {
    label: "distance from key to query",
    of: ({ evidence }) => evidence.byDistance[0].map((_, i) => i + 1),
  },
  y: { label: "score", of: ({ evidence }) => evidence.byDistance[0] },
  series: ({ control }) => control ?? "rotary positions",
});

/** Whether each head still collapses, and how many directions all heads of a layer compare. */
export async function ranksTogether(model: Model) {
  const alone = transformer.collapsed(model);
  const { apart } = await probes.scoreDifference(model, alone, probes.drawTokens(model));
  return { apart, rank: probes.rankOfHeads(model, 0), d_head: model.config.d_head };
}

/** What one matrix would have of {@linkcode ranksTogether}, if one set of keys serves all heads. */
export function rankOfOne({ rank, d_head }: Awaited<ReturnType<typeof ranksTogether>>) {
  assertEquals(rank, d_head, "all heads' matrices together have the rank of one");
}

/** The first layer's scores of a text, each against its reverse and both vectors' own. */
export const eitherWay = (model: Model) => probes.scoreSymmetry(model, probes.drawTokens(model)[0]);

/** The score of one token for another, at all distances that a model takes. */
export const atDistances = (model: Model) =>
  probes.scoresByDistance(model, 1, 0, model.config.n_ctx);

/** The scores of a vector halfway between two, against the average of theirs. */
export const halfway = (model: Model) => probes.scoreLinearity(model, probes.drawTokens(model)[0]);

/**
 * Of queries that are keys. A vector's score for itself is its key's length squared, so that of two
 * vectors the one with the longer key has the larger.
 */
export const noDirection = {
  oneWay: { below: ROUNDING, what: "between two scores for each other, by the largest" },
  beyondSelf: { below: ROUNDING, what: "above the longer key's score for itself" },
};

/**
 * Of one matrix, which scores equal vectors alike, wherever they stand, but for rounding: 1e-7. The
 * belief is given a tenth of the largest score, so that nothing small can refute it.
 */
export const alikeEverywhere = {
  range: { below: 0.1, what: "how scores change with the distance" },
};

/** Of one matrix, too, and with as much room. */
export function straight({ fromLinear, moved }: probes.ScoreLinearity) {
  assertGreater(moved, 0.1, "the vector that asks must have been moved");
  assertLess(fromLinear, 0.1, "off a straight line, relative to the largest score");
}
