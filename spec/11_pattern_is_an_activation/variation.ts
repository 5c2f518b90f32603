/** How much of a head's attention goes elsewhere in another text, before training and after it. */
import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { mean, range } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { shuffledQK } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** The share of its weight that each head moves between a few held-out texts. */
const variationsOf = memoize(async (model: Model) => {
  const length = Math.min(60, model.config.n_ctx);
  const rows = await models.texts.heldOutRows({ rows: 3, length });
  return (await probes.patternsOf(model, rows)).flatMap(probes.headVariations);
}, { cache: new WeakMap() });

/** The same before training: untrained heads all vary as little. */
const variationsBefore = memoize(
  async (model: Model) => variationsOf(await models.startOf(model)),
  {
    cacheKey: ([{ config }]) => JSON.stringify(config),
  },
);

/** Two seeds of a recipe, beside their start, and with queries and keys that are shuffled. */
export const variation = memoize(async (seeds: Model[]) => {
  const trained = await Promise.all(seeds.map(variationsOf));
  const shuffled = await Promise.all(
    seeds.map((model) => variationsOf(shuffledQK.apply(model))),
  );
  const headsBefore = await variationsBefore(seeds[0]);
  return {
    before: Math.max(...headsBefore),
    trained: spread(trained),
    shuffled: spread(shuffled),
    ofTrained: mean(shuffled.flat()) / (mean(trained.flat()) || 1),
    ...{ heads: trained.flat(), headsBefore, headsShuffled: shuffled.flat() },
  };
}, { cache: new WeakMap() });

/** Of the heads of two seeds: the least, the most, and the least less what the seeds' are apart. */
function spread(seeds: readonly number[][]) {
  const apart = range(seeds.map((heads) => Math.min(...heads)));
  const least = Math.min(...seeds.flat());
  return { least, most: Math.max(...seeds.flat()), clear: least - apart };
}
