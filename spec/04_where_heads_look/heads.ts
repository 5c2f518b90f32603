/** What the heads of trained models do with a held-out text: how sharp, how near, how needed. */
import memoize from "memoize";
import { type Model, needs } from "../../mod.ts";
import { max, mean, Random } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

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

/** The same model before training: of two seeds the first one's, so that it is drawn once. */
async function beforeTraining({ config }: Model): Promise<Model> {
  const scheme = config.positions === "none" ? "nope" : config.positions;
  return fresh.apply(await models.bothSeeds(scheme)[0].load());
}

/** How sharp heads are, averaged over a model, and how sharp they would be without training it. */
export async function sharpness(trained: Model[]) {
  const meanEntropy = async (model: Model) => mean((await entropiesOf(model)).flat());
  const before = await beforeTraining(trained[0]);
  const shuffled = trained.map((model) => sabotages.shuffledQK.apply(model));
  // Without ALiBi a head that asks nothing has no reason to prefer any place: 1 by arithmetic.
  const biased = trained[0].config.positions === "alibi";
  return {
    trained: await Promise.all(trained.map(meanEntropy)),
    before: await meanEntropy(before),
    shuffled: await Promise.all(shuffled.map(meanEntropy)),
    biasOnly: biased ? await meanEntropy(sabotages.zeroQueries.apply(trained[0])) : 1,
    heads: (await Promise.all(trained.map(entropiesOf))).flat(2),
    headsBefore: (await entropiesOf(before)).flat(),
  };
}

/** How near the sharpest head looks, or the flattest; and at which tokens of the sentence. */
export async function lookAt(model: Model, which: "sharpest" | "flattest" = "sharpest") {
  const { layer, head, near, uniform } = await nearness(model, which);
  const before = await nearness(await beforeTraining(model), which);
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
async function needed(model: Model): Promise<Needed[]> {
  const entropies = await entropiesOf(model);
  const rows = await texts.heldOutRows({ rows: 2, length: 30 });
  const flat = entropies.map(() => probes.uniformPattern(30));
  const flattened = await probes.patchPatterns(model, rows, flat);
  const removed = (await probes.ablateHeads(model, rows, ["mean"])).mean;
  return entropies.flat().map((entropy, i) => ({
    entropy,
    flattened: flattened[i].cost,
    removed: removed[i].kl,
  }));
}

/** The same for all heads of some models, and the most that a head was needed before training. */
export const allNeeded = memoize(async (trained: Model[]) => {
  const rows = await texts.heldOutRows({ rows: 2, length: 30 });
  const fresh = new Set(await Promise.all(trained.map(beforeTraining)));
  const before = [...fresh].map(async (model) =>
    (await probes.ablateHeads(model, rows, ["mean"])).mean.map(({ kl }) => kl)
  );
  return {
    heads: (await Promise.all(trained.map(needed))).flat(),
    before: max((await Promise.all(before)).flat()),
  };
}, { cache: new WeakMap() });

/** The head that leans most on the first token of a block that is said twice, and how. */
export const sinkOf = memoize(
  (model: Model): Promise<probes.AttentionSink> =>
    probes.attentionSink(model, probes.drawRepeatedTokens(model, 28, { rows: 4 })),
  { cache: new WeakMap() },
);

/**
 * What the sink of a model is for: by how much the predictions move where it falls silent, and
 * where it writes its mean instead; in blocks that are new, or that are said twice.
 */
export async function sinkWithout(model: Model, blocks: "new" | "repeated" = "new") {
  const { layer, head, writes } = await sinkOf(model);
  const repeated = probes.drawRepeatedTokens(model, 28, { rows: blocks === "new" ? 4 : 2 });
  const rows = blocks === "new" ? repeated.map((row) => row.slice(0, 28)) : repeated;
  const { zero, mean } = await probes.ablateHeads(model, rows, ["zero", "mean"]);
  const i = layer * model.config.n_heads + head;
  return { writes, silenced: zero[i].kl, averaged: mean[i].kl };
}

/** Every weight in a text; with ALiBi far past the window, where 32 bits lack numbers for some. */
export function budgetIn(model: Model): Promise<probes.AttentionBudget> {
  const { positions, n_ctx } = model.config;
  const [text] = probes.drawTokens(model, { length: Math.min(60, n_ctx) });
  return probes.attentionBudget(model, positions === "alibi" ? Array(6).fill(text).flat() : text);
}

/** What is left of a read in texts of independent tokens, each as likely as any other. */
export async function fading(model: Model, change = (row: number[]) => row) {
  const random = new Random("independent tokens");
  const rows = Array.from({ length: 12 }, () => random.integers(64, model.config.d_vocab));
  const found = await probes.averagedValues(model, rows.map(change));
  const { read, share } = found.reads.at(-1)!;
  return { ...found, strays: read, share };
}

/** Why a head of a model could not have a rank beyond d_head. */
export function narrow(config: Model["config"]): string | undefined {
  const most = Math.min(config.d_model, config.n_ctx, config.d_vocab);
  const wide = config.d_head < most ? undefined : "its heads are as wide as it, or as its texts";
  return needs.attention(config) ?? wide;
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
  const { d_head } = model.config;
  return { d_head, beyond: Math.max(...spectra.map((v) => v[d_head])), values: spectra[0] };
}

/** How much of any head's scores lies beyond rank d_head. */
export async function scoreRank(model: Model) {
  const { d_head } = model.config;
  const spectra = await probes.scoreSpectra(model, longText(model));
  return { d_head, beyond: Math.max(...spectra.map((values) => values[d_head])) };
}

/**
 * What flattening and taking out costs the heads within bounds of entropy; and the share of heads
 * below them that are needed less than the middle one within.
 */
export async function flatHeads(trained: Model[], [least, most]: readonly [number, number]) {
  const { heads: all, before } = await allNeeded(trained);
  const chosen = all.filter(({ entropy }) => entropy >= least && entropy < most);
  const flattened = chosen.map((head) => head.flattened);
  const removed = chosen.map((head) => head.removed);
  const middle = removed.toSorted((a, b) => a - b)[Math.floor(removed.length / 2)];
  const sharper = all.filter(({ entropy }) => entropy < least);
  const outdone = sharper.filter((head) => head.removed < middle).length / (sharper.length || 1);
  return { flattened, removed, before, outdone, all };
}
