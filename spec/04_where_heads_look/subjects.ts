/** Whom the claims about where heads look are asked of. */
import { type Model, needs, rewriteAt, sabotage, sabotaged } from "../../mod.ts";
import * as transformer from "../../lib/model/mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** Room for many tokens, and no positions: what a head reads depends on its tokens alone. */
const sizes = { n_layers: 1, d_model: 20, n_heads: 3, d_head: 6, d_vocab: 101, n_ctx: 64 };
const config = transformer.makeConfig({ ...sizes, positions: "none" });
const plain = models.randomModel(config, 1, "plain");

/** Heads that ask nothing, and so look at everything alike. */
export const indifferent = sabotaged(
  [plain, ...models.bothSeeds("nope")],
  sabotages.zeroQueries,
);

/** What a token offers can be told from what its place does where it is told none. */
const untold = transformer.allOf(needs.attention, transformer.like({ positions: ["none"] }));
export const asksNothing = { on: indifferent, needs: untold };
/** A first layer and another; models whose heads may look near; and those that copy. */
export const layered = {
  on: (["learned", "sinusoidal"] as const).flatMap(models.bothSeeds),
  needs: transformer.atLeast({ n_layers: 2 }),
};
export const toldPlaces = {
  on: (["learned", "rotary", "sinusoidal"] as const).flatMap(models.bothSeeds),
  needs: needs.attention,
};
export const copiers = { on: models.bothSeeds("attn-2l"), needs: needs.attention };

export const inProse = { on: models.bothSeeds("nope"), needs: untold };

/** Random models of every kind, and a trained one of each wiring. */
export const anyWeights = [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring];

/** One of them, for pictures. */
export const rotary = models.trainedModel("rotary/1");

/** The small GPT with each positional scheme, both seeds of one at a time. */
export const seedPairs = {
  on: models.schemeRecipes.map((scheme) => models.seedPair(scheme)),
  needs: needs.pair,
};

/** All of them at once, for what is said of heads and not of models. */
export const everyHead = allOf("ten small GPTs", models.schemeRecipes);

/** Those in whose second layer no head is sharp. */
export const broadAbove = allOf("those with a vector for each place", ["learned", "sinusoidal"]);

/** Trained on prose alone: the small GPTs, and a wider, a deeper and a larger one. */
export const onProseAlone = [
  ...models.twoOfEachScheme,
  models.trainedModel("width-128/1"),
  models.trainedModel("depth-4/1"),
  models.gpt,
];

function allOf(
  name: string,
  schemes: readonly typeof models.schemeRecipes[number][],
): models.Subject<Model[]> {
  return {
    name: `the heads of ${name}`,
    about: `two seeds each of the small GPT with positions ${schemes.join(", ")}`,
    origin: "trained",
    load: () => Promise.all(schemes.flatMap(models.bothSeeds).map((model) => model.load())),
  };
}

/** Scores so low that nothing seems worth a look; the usual softmax does not notice. */
export const lowered = sabotage({
  name: "scores far below zero",
  description: "Scores are lowered until the exponentials of a position's sum to e^-20.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_attn_scores", (scores, { g }) => g.sub(g.logSoftmax(scores), 20)),
});
