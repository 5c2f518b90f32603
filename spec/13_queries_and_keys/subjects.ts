import { needs, sabotaged } from "../../mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** The small GPT, and the same with rotary positions. */
export const small = models.trainedModel("learned/1");
export const rotary = models.trainedModel("rotary/1");

/** Of sound models, some with queries and keys divided by their lengths, one with shared keys. */
export const normalised = sabotaged([models.tiny, small], sabotages.normalisedQK);
export const normalisedSmall = normalised[1];
export const sharing = sabotaged([models.tiny], sabotages.sharedKeys);

/** The small GPT as it is, with one full W_QK in each head, and with queries that are the keys. */
export const [pairs, full, same] = (["learned", "full-qk", "same-qk"] as const)
  .map((recipe) => models.bothSeeds(recipe));

/** Schemes in which nothing stands between queries and keys. */
const positions = ["learned", "sinusoidal", "alibi", "none"] as const;

/** Heads that can be cut to a half and to a quarter; and queries that are keys. */
export const evenWidths = transformer.allOf(
  needs.pair,
  transformer.like({ positions }),
  ({ d_head }) =>
    d_head % 4 === 0 ? undefined : `its heads are ${d_head} wide, no multiple of four`,
);
export const ownKeys = transformer.like({ query_key: ["same"] });

/** Narrow heads; and so many, and so narrow, that ranks tell their keys apart. */
export const narrowHeads = transformer.allOf(
  needs.pair,
  ({ d_head, d_model }) =>
    2 * d_head < d_model ? undefined : "its heads are half as wide as it is, or wider",
);
export const severalHeads = transformer.allOf(
  narrowHeads,
  transformer.like({ positions }),
  transformer.atLeast({ n_heads: 3 }),
);

/** Random models of these, and those with rotation. */
export const random = models.randomFamilies({ positions, size: 1 });
export const randomSame = models.randomFamilies({ positions, query_key: "same", size: 1 });
export const turning = models.randomFamilies({ positions: ["rotary"], size: 1 });

/** The first of them, and a trained model of each. */
export const plain = [
  ...random,
  ...models.oneOfEachWiring.filter(({ config }) => config!.positions !== "rotary"),
];

/** GPT-2 small's sizes, of which a count needs no weights. */
export const gpt2Sizes = models.withoutWeights("GPT-2 small", transformer.gpt2Small);

/** GPT-2 small's stream with one head, a given part of it wide. */
export function wideHead(part: number): models.Subject<models.WithoutWeights> {
  const d_head = transformer.gpt2Small.d_model / part;
  const config = { ...transformer.gpt2Small, n_heads: 1, n_key_value_heads: 1, d_head };
  const name = `a head ${part === 1 ? "as wide as the stream" : "half as wide"}`;
  return models.withoutWeights(name, config);
}
