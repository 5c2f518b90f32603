/** What the heads of trained models do with a held-out text: how sharp, how near, how needed. */
import memoize from "memoize";
import { type Model, needs, run } from "../../mod.ts";
import type { Head } from "../../lib/model/mod.ts";
import { max, mean, median, range, type Tensor } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** A head is called flat where its entropy is at least this share of the largest possible. */
export const FLAT = 0.9;

/** The weights before training. */
export const fresh = sabotages.untrained();

const someText = memoize(() => texts.heldOutRows({ rows: 4, length: 60 }));

/** What every head looks at in some held-out text, by layer; several claims are about the same. */
const patternsInProse = memoize(
  async (model: Model) => probes.patternsOf(model, await someText()),
  { cache: new WeakMap() },
);

/** Every head's entropy there, [layer][head]: 1 is all places alike, 0 is one place alone. */
const entropiesOf = memoize(
  async (model: Model) => (await patternsInProse(model)).map(probes.headEntropies),
  { cache: new WeakMap() },
);

/** The same model before training, drawn once for all of one config. */
const beforeTraining = memoize((model: Model) => fresh.apply(model), {
  cacheKey: ([{ config }]) => JSON.stringify(config),
});

/** Of a single model the weights and the orders are drawn thrice: how far is one draw from another? */
const DRAWS = [11, 12, 13];

/** How sharp heads are, averaged over a model, and how sharp they would be without training it. */
export async function sharpness(trained: Model[]) {
  const meanEntropy = async (model: Model) => mean((await entropiesOf(model)).flat());
  const before = beforeTraining(trained[0]);
  const draws = trained.length === 1 ? DRAWS : [];
  const starts = draws.map((seed) => sabotages.untrained(seed).apply(trained[0]));
  const meansBefore = await Promise.all([before, ...starts].map(meanEntropy));
  const shuffled = trained.map((model) => sabotages.shuffledQK.apply(model));
  for (const _ of draws) shuffled.push(sabotages.shuffledQK.apply(shuffled.at(-1)!));
  // Without ALiBi a head that asks nothing has no reason to prefer any place: 1 by arithmetic.
  const biased = trained[0].config.positions === "alibi";
  const means = await Promise.all(trained.map(meanEntropy));
  const meansShuffled = await Promise.all(shuffled.map(meanEntropy));
  return {
    trained: means,
    /** The same, but for models whose heads prefer what is near before they have learned it. */
    unbiased: biased ? [] : means,
    before: Math.min(...meansBefore),
    shuffled: meansShuffled,
    /** How far two seeds, or two draws, are from each other. */
    apart: Math.max(range(means), range(meansShuffled), range(meansBefore)),
    biasOnly: biased ? await meanEntropy(sabotages.zeroQueries.apply(trained[0])) : 1,
    byLayer: (await Promise.all(trained.map(entropiesOf))).flat(),
    byLayerBefore: await entropiesOf(before),
  };
}

/** The entropies of the first layer's heads, and of the last one's. */
export async function firstAndLast(model: Model) {
  const entropies = await entropiesOf(model);
  const [first, last] = [entropies[0], entropies.at(-1)!];
  return { first, last, between: Math.min(...last) - Math.max(...first) };
}

/** How near the sharpest head looks, or the flattest; and at which tokens of the sentence. */
export async function lookAt(model: Model, which: "sharpest" | "flattest" = "sharpest") {
  const { layer, head, near, uniform } = await nearness(model, which);
  const before = await nearness(beforeTraining(model), which);
  const { ids, pieces } = await texts.sentenceTokens();
  const pattern = (await probes.patternsOf(model, [ids]))[layer];
  const weights = [...pattern.get(0, head, ids.length - 1).data];
  return { which, near, before: before.near, uniform, pieces, weights };
}

async function nearness(model: Model, which: "sharpest" | "flattest") {
  const entropies = (await entropiesOf(model)).flat();
  const best = entropies.indexOf(Math[which === "sharpest" ? "min" : "max"](...entropies));
  const [layer, head] = [Math.floor(best / model.config.n_heads), best % model.config.n_heads];
  const patterns = await patternsInProse(model);
  const { scores, uniform } = probes.scoreHeads(patterns, await someText(), nearby);
  return { layer, head, near: scores[layer][head], uniform };
}

/** A position and the three before it, where there are many more to look at. */
function nearby(row: readonly number[]): number[][] {
  return row.map((_, query) => query < 20 ? [] : [query - 3, query - 2, query - 1, query]);
}

/** A head, its entropy, and by how many nats the predictions move where it is changed. */
type Needed = {
  readonly entropy: number;
  /** It looks at everything alike. */
  readonly flattened: number;
  /** In the place of what it reads stands its mean over texts and positions. */
  readonly removed: number;
};

/** What becomes of the predictions when a head is made quite flat, and when it is taken out. */
const needed = memoize(async (model: Model): Promise<Needed[]> => {
  const entropies = await entropiesOf(model);
  const rows = await texts.heldOutRows({ rows: 8, length: 30 });
  const flat = entropies.map(() => probes.uniformPattern(30));
  // Flattening moves so little that a few texts will do.
  const flattened = await probes.patchPatterns(model, rows.slice(0, 2), flat);
  const removed = (await probes.ablateHeads(model, rows, ["mean"])).mean;
  return entropies.flat().map((entropy, i) => ({
    entropy,
    flattened: flattened[i].cost,
    removed: removed[i].kl,
  }));
}, { cache: new WeakMap() });

/**
 * What flattening and taking out costs the heads within bounds of entropy; and, model by model, the
 * middle one's cost as a part of what taking out the middle one of the model's other heads costs.
 *
 * @param change What is done to the heads within; they are taken out unless told.
 */
export async function chosenHeads(
  trained: Model[],
  [least, most]: readonly [number, number],
  change: "removed" | "flattened" = "removed",
) {
  const within = ({ entropy }: Needed) => entropy >= least && entropy < most;
  const heads = await Promise.all(trained.map(needed));
  const chosen = heads.flat().filter(within);
  const inModels = (...positions: string[]) =>
    heads.filter((_, i) => positions.includes(trained[i].config.positions));
  const number = (positions: string) => inModels(positions).flat().filter(within).length;
  const beside = (own: Needed[]) =>
    median(own.filter(within).map((head) => head[change])) /
    median(own.filter((head) => !within(head)).map((head) => head.removed));
  const both = (own: Needed[]) => own.some(within) && !own.every(within);
  const besides = (models: Needed[][]) => models.filter(both).map(beside);
  return {
    removed: chosen.map((head) => head.removed),
    flattened: chosen.map((head) => head.flattened),
    rotary: besides(inModels("rotary")),
    elsewhere: besides(inModels("learned", "sinusoidal", "alibi", "none")),
    number: chosen.length,
    inAlibi: number("alibi"),
    inRotary: number("rotary"),
    inNone: number("none"),
    all: heads.flat(),
  };
}

/**
 * The head that leans most on the first token of a block that is said twice, and how; and the most
 * that any head leans on the first token of prose.
 */
export const sinkOf = memoize(
  async (model: Model) => ({
    ...await probes.attentionSink(model, probes.drawRepeatedTokens(model, 28, { rows: 4 })),
    onProse: max((await patternsInProse(model)).flatMap(onFirst)),
  }),
  { cache: new WeakMap() },
);

/** Each head's weight on the first of many places, averaged over positions and texts. */
function onFirst(pattern: Tensor): number[] {
  return pattern.unstack()[0].unstack().map((_, head) =>
    mean(
      pattern.unstack().flatMap((text) =>
        text.get(head).unstack().slice(20).map((weights) => weights.data[0])
      ),
    )
  );
}

/**
 * What the sink of a model is for: by how much the predictions move where it falls silent, and
 * where it writes its mean instead; in blocks that are new, or that are said twice.
 */
export async function sinkWithout(model: Model, blocks: "new" | "repeated" = "new") {
  const { layer, head, writes } = await sinkOf(model);
  const repeated = probes.drawRepeatedTokens(model, 28, { rows: blocks === "new" ? 4 : 2 });
  const rows = blocks === "new" ? repeated.map((row) => row.slice(0, 28)) : repeated;
  const [silenced, averaged] = await withoutHead(model, rows, { layer, head });
  return { writes, silenced, averaged };
}

/** How far predictions move without a head: zeros in its place, or what it reads on average. */
async function withoutHead(model: Model, rows: number[][], { layer, head }: Head) {
  const hook = `blocks.${layer}.attn.hook_z`;
  const ways = ["zero", "mean"] as const;
  const interventions = ways.map((to, i) => (
    { hook, to, heads: [head], rows: rows.map((_, row) => (i + 1) * rows.length + row) }
  ));
  const { logits } = await run(model, [rows, rows, rows].flat(), { interventions });
  const texts = logits.unstack().map((text) => text.unstack().slice(0, -1));
  const clean = texts.slice(0, rows.length).map((text) =>
    text.map(({ data }) => probes.prediction(data))
  );
  return interventions.map((changed) =>
    mean(
      changed.rows.flatMap((row, text) =>
        texts[row].map(({ data }, p) => probes.divergence(clean[text][p], data))
      ),
    )
  );
}

/** Every weight in a text; with ALiBi far past the window, where 32 bits lack numbers for some. */
export function budgetIn(model: Model): Promise<probes.AttentionBudget> {
  const { positions, n_ctx } = model.config;
  const [text] = probes.drawTokens(model, { length: Math.min(60, n_ctx) });
  return probes.attentionBudget(model, positions === "alibi" ? Array(6).fill(text).flat() : text);
}

const FULL = "its scores come from one full matrix";

/** Why a head of a model could not have a rank beyond d_head. */
export function narrow(config: Model["config"]): string | undefined {
  const most = Math.min(config.d_model, config.n_ctx, config.d_vocab);
  const wide = config.d_head < most ? undefined : "its heads are as wide as it, or as its texts";
  return needs.attention(config) ?? (config.query_key === "full" ? FULL : wide);
}

/** A text longer than a head is wide, of different tokens. */
function longText(model: Model): number[] {
  const { d_head, d_vocab, n_ctx } = model.config;
  const length = Math.min(n_ctx, d_vocab, d_head + 16);
  return probes.drawTokens(model, { length, distinct: true })[0];
}

/** How much lies beyond d_head in what any head writes, or all of a layer; and the first's. */
export async function written(model: Model, by: "heads" | "layers") {
  const spectra = (await probes.outputSpectra(model, longText(model)))[by];
  const { d_head, d_model } = model.config;
  const beyond = Math.max(...spectra.map((values) => values[d_head]));
  return { d_head, d_model, beyond, values: spectra[0] };
}

/** How much of any head's scores lies beyond rank d_head. */
export async function scoreRank(model: Model) {
  const { d_head } = model.config;
  const spectra = await probes.scoreSpectra(model, longText(model));
  return { d_head, beyond: Math.max(...spectra.map((values) => values[d_head])) };
}
