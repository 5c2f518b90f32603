import { sabotaged } from "../../mod.ts";
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

/** Random models in which nothing stands between queries and keys, and those with rotation. */
const positions = ["learned", "sinusoidal", "alibi", "none"] as const;
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
