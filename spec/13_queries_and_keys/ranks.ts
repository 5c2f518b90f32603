import { GraphSession, type Model } from "../../mod.ts";
import { mean, singularValues } from "../../lib/tensor/mod.ts";
import { buildGraph, headsOf } from "../../lib/model/mod.ts";
import { cutQK, losses, queryKeyMatrix, queryKeySpectra } from "../../lib/circuits/mod.ts";
import * as pictures from "../../lib/claims/pictures/mod.ts";
import { heldOutRows } from "../../fixtures/texts/held_out.ts";
import { full, pairs, small } from "./subjects.ts";

/** How many directions the heads of a model tell apart, as evidence. */
export type Ranks = {
  readonly d_head: number;
  /** Of every head's W_QK, layer by layer; of a large model's some, from the first to the last. */
  readonly ranks: readonly number[];
  /** The least and the most that the best pair as wide as a head misses of one, relative to it. */
  readonly missed: { readonly least: number; readonly most: number };
  /** How far the first head's stretches each direction, relative to the first. */
  readonly spectrum: readonly number[];
  /** Of the small GPT's first head, W_Q, W_K transposed and W_QK: [row][column], three digits. */
  readonly matrices: readonly (readonly (readonly number[])[])[];
};

/** How much work a decomposition of all heads may be: it grows as the cube of the width. */
const WORK = 2 ** 32;

/** How far heads stretch each direction: every one, or as many as there is time for, spread evenly. */
function stretched(model: Model, work: number): (readonly number[])[] {
  const heads = headsOf(model.config);
  const most = Math.max(2, Math.floor(work / model.config.d_model ** 3));
  if (heads.length <= most) return queryKeySpectra(model).map(({ S }) => S);
  const asked = Array.from(
    { length: most },
    (_, i) => heads[Math.round(i * (heads.length - 1) / (most - 1))],
  );
  return asked.map(({ layer, head }) => singularValues(queryKeyMatrix(model, layer, head)));
}

/**
 * The rank of every head's W_QK, its bias a direction like others. What the best pair as wide as a
 * head misses of a matrix is what lies in the directions that it stretches less (Eckart and Young).
 */
export function ranks(model: Model, work: number = WORK): Ranks {
  const { d_head, d_model } = model.config;
  const spectra = stretched(model, work);
  const [values] = spectra;
  const size = (part: readonly number[]) => Math.hypot(...part);
  const missed = spectra.map((S) => size(S.slice(d_head)) / size(S)); // by the best pair there is
  return {
    d_head,
    // Rounding leaves about 1e-7 of the largest.
    ranks: spectra.map((S) => S.filter((value) => value > 1e-5 * S[0]).length),
    missed: { least: Math.min(...missed), most: Math.max(...missed) },
    spectrum: values.slice(0, d_model).map((value) => value / values[0]),
    matrices: model.name === small.name ? matricesOf(model) : [],
  };
}

/** Of a pair. Rounding leaves 1e-7 of a matrix. */
export const nothingMissed = {
  "missed.most": { below: 1e-5, what: "what the best pair misses of a matrix" },
};

function matricesOf({ weights }: Model): number[][][] {
  const [Q, K] = ["Q", "K"].map((side) => weights[`blocks.0.attn.W_${side}`].get(0));
  const [q, k] = [Q, K].map((x) => x.toNested() as number[][]);
  const product = q.map((row) => k.map((key) => row.reduce((sum, x, i) => sum + x * key[i], 0)));
  return [q, K.transpose(1, 0).toNested() as number[][], product]
    .map((rows) => rows.map((row) => row.map((x) => Number(x.toPrecision(3)))));
}

export const thinTimesThin = pictures.product<Ranks>({
  title: "The one matrix is a thin one times a thin one",
  caption: "The first head of the small GPT: its W_Q, its W_K, transposed, and the W_QK they make.",
  on: { model: small },
  of: ({ evidence: { matrices: [Q, K, product] } }) => [
    { name: "W_Q", values: Q },
    { name: "W_K, transposed", values: K },
    { name: "W_QK", values: product },
  ],
});

/** Both seeds of the two kinds, and what a picture calls them. */
const pairOrFull = ({ model }: { model: string }) =>
  [...pairs, ...full].some(({ name }) => name === model);
const seedOf = ({ model }: { model: string }) =>
  `${model.startsWith("full") ? "full" : "pair"}, seed ${model.at(-1)}`;

export const spectra = pictures.lines<Ranks>({
  title: "Trained, a full matrix compares along more directions than a pair has",
  caption: "How much each direction of the first head's W_QK counts in a score, relative to the " +
    "one that counts most (its singular values). Models with pairs, W_Q and W_K, and models with " +
    "full matrices were trained twice each: two seeds, which differ by chance alone. Both lines " +
    "of models with pairs lie one on the other, and at zero from the width of a head on.",
  on: pairOrFull,
  x: { label: "direction", of: ({ evidence }) => evidence.spectrum.map((_, i) => i + 1) },
  y: { label: "how much it counts", of: "spectrum" },
  series: seedOf,
});

/** What is left of a model whose heads compare fewer directions, as evidence. */
export type Cuts = {
  /** How many directions of each head's W_QK are left, and the loss then, in nats. */
  readonly ranks: readonly number[];
  readonly losses: readonly number[];
  /** The share of what scores are worth that is lost, with half as many as a head is wide. */
  readonly lostAtHalf: number;
  /** The same, with as many as a head is wide. */
  readonly lostAtWidth: number;
};

/**
 * Cuts the W_QK of every head down, and down to nothing: a head without scores looks at everything
 * alike, and by how much the loss is worse then is what scores are worth.
 *
 * @param model Of heads whose width is a multiple of four.
 * @param kept The directions that are left: the most stretched ones, or all the others.
 */
export async function cuts(model: Model, kept: "largest" | "others" = "largest"): Promise<Cuts> {
  const { d_head, d_model, query_key } = model.config;
  const ranks = query_key === "full"
    ? [0, d_head / 2, d_head, d_model]
    : [0, d_head / 4, d_head / 2, d_head];
  const found = await lossesOf(ranks.map((rank) => cutQK(model, rank, kept)));
  const ends = [found[0], found.at(-1)!];
  const [none, whole] = kept === "largest" ? ends : ends.reverse();
  const lostAt = (rank: number) => (found[ranks.indexOf(rank)] - whole) / (none - whole);
  return { ranks, losses: found, lostAtHalf: lostAt(d_head / 2), lostAtWidth: lostAt(d_head) };
}

/** A hundredth of what scores are worth is 0.008 nats: less than a full matrix won. */
export const littleLost = { lostAtHalf: { below: 0.01, what: "of what scores are worth" } };

/** On some held-out text. The models, of one shape, share a session that is fed their weights. */
async function lossesOf(models: readonly Model[]): Promise<number[]> {
  const [{ config }] = models;
  const rows = await heldOutRows({ rows: 6, length: config.n_ctx });
  const tokens = { integers: rows.flat(), shape: [rows.length, config.n_ctx] };
  // Four runs do not make up for the time it takes to optimize a session.
  const session = await GraphSession.open(buildGraph({ config }), ["logits"], false);
  const found: number[] = [];
  try {
    for (const { weights } of models) {
      const { logits } = await session.run({ ...weights, tokens });
      found.push(mean(losses(logits, rows).flat()));
    }
  } finally {
    await session.release();
  }
  return found;
}

export const lossByDirections = pictures.lines<Cuts>({
  title: "With W_Q and W_K, half of the pairs are enough; full matrices use more",
  caption: "The loss when only those pairs of arrows of each head are left that count most; the " +
    "last point of a line is the whole model. Both lines of models with W_Q and W_K, one for " +
    "each seed, lie nearly one on the other. The steps along the bottom are not to scale.",
  on: (run) => pairOrFull(run) && run.control !== "the other directions",
  x: { label: "pairs of arrows left", of: (run) => run.evidence.ranks.map(String) },
  y: { label: "loss", unit: "nats", of: "losses" },
  series: seedOf,
});
