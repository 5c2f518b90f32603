/** Whom the claims about predicting at every position are asked of. */
import { type Model, needs, sabotaged } from "../../mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

export const small = models.trainedModel("learned/1");
export const rotary = models.trainedModel("rotary/1");

/** Each positional scheme at random, and what training makes: with and without MLPs. */
export const causal = [
  ...models.randomFamilies({ size: 1 }),
  ...models.oneOfEachWiring.filter(({ config }) => config!.causal),
];

/** Sums over texts are long, and how positions are told does not enter them. */
export const some = [
  ...models.randomFamilies({ size: 1 }),
  ...(["learned/1", "attn-2l/1"] as const).map(models.trainedModel),
];

/** A second layer reads what the first has put together from other tokens. */
export const ofTwoLayers = models.oneOfEachWiring.filter(({ config }) =>
  config!.causal && config!.n_layers === 2
);

/** All texts of four tokens, or of three, can be had of few words only. */
export const fewWords = transformer.allOf(
  needs.mask,
  transformer.atLeast({ n_ctx: 4 }),
  ({ d_vocab }) => d_vocab > 500 ? `all texts of its ${d_vocab} tokens are too many` : undefined,
);
export const layersBelow = transformer.allOf(
  needs.mask,
  needs.pair,
  transformer.atLeast({ n_layers: 2, n_ctx: 2 }),
);

export const [unmasked] = sabotaged([small], sabotages.noCausalMask);

export const smallSizes = counted(models.withoutWeights(small.name, small.config!));
export const gpt2Sizes = counted(models.withoutWeights("GPT-2 small", transformer.gpt2Small));

/** What is counted at given sizes says nothing of others. */
function counted<M>(sizes: models.Subject<M>): models.Subject<M> {
  return { ...sizes, standIn: () => "it counts work at the sizes of two models" };
}

/** Next to nothing of its work is below the last layer. */
export const shallow = models.withoutWeights("GPT-2 small with a single layer", {
  ...transformer.gpt2Small,
  n_layers: 1,
});

/** It holds all words equally likely. */
export const ignorant: models.Subject<Model> = {
  name: `${small.name}, all zero`,
  about: `${small.name} with all of its weights zero`,
  config: small.config,
  from: small.name,
  origin: "built",
  load: async () => zeroed(await small.load()),
};

function zeroed(model: Model): Model {
  const zeros = Object.entries(model.weights).map(([name, x]) => [name, x.map(() => 0)]);
  return { ...model, name: `${model.name}, all zero`, weights: Object.fromEntries(zeros) };
}

/** Two models trained alike, but for which of their predictions counted. */
export type Lesson = {
  readonly every: Model;
  /** Taught at the last position only. */
  readonly last: Model;
  /** Taught everywhere, answers shuffled within each text: it knows how common words are. */
  readonly frequencies: Model;
  /** How many predictions `every` and `last` were taught, repeats counted. */
  readonly taught: readonly [number, number];
  /** How the losses of all three fell. */
  readonly curves: Readonly<Record<"every" | "last" | "frequencies", models.LossCurve>>;
};

type Name = models.TransformerName;
const frequencies: Name = "shuffled-targets/1";

/** Two models that are compared. */
export const lesson = (every: Name, last: Name): models.Subject<Lesson> => ({
  name: `${every} and ${last}`,
  about: `${every} and ${last}, compared`,
  origin: "trained",
  load: async () => ({
    every: await models.trainedModel(every).load(),
    last: await models.trainedModel(last).load(),
    frequencies: await models.trainedModel(frequencies).load(),
    taught: [models.predictionsTaught(every), models.predictionsTaught(last)],
    curves: {
      every: await models.lossCurve(every),
      last: await models.lossCurve(last),
      frequencies: await models.lossCurve(frequencies),
    },
  }),
});

export const lessons = [lesson("learned/1", "last-only/1"), lesson("learned/2", "last-only/2")];

/** Two seeds of one recipe, either way round: chance alone sets them apart. */
export const alike = (["learned", "last-only"] as const).flatMap((recipe) => [
  lesson(`${recipe}/1`, `${recipe}/2`),
  lesson(`${recipe}/2`, `${recipe}/1`),
]);

/** Where the first had as many predictions, but nothing to be learned from what stands before. */
export const shuffled = [
  lesson(frequencies, "last-only/1"),
  lesson(frequencies, "last-only/2"),
];

/** A lesson beside the model of its seed that was trained without the mask. */
export type Three = { readonly every: Model; readonly unmasked: Model; readonly last: Model };

/** Three models that are compared. */
const three = (every: Name, unmasked: Name, last: Name): models.Subject<Three> =>
  models.together({
    name: `${every}, ${unmasked} and ${last}`,
    about: `${every}, ${unmasked} and ${last}, compared`,
    origin: "trained",
  }, {
    every: models.trainedModel(every),
    unmasked: models.trainedModel(unmasked),
    last: models.trainedModel(last),
  });

export const threes = [
  three("learned/1", "gpt-unmasked/1", "last-only/1"),
  three("learned/2", "gpt-unmasked/2", "last-only/2"),
];

/** Two seeds without the mask, one of them in the place of another model. */
export const twoUnmasked = [
  three("learned/1", "gpt-unmasked/1", "gpt-unmasked/2"),
  three("gpt-unmasked/2", "gpt-unmasked/1", "last-only/1"),
];
