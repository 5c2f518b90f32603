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

/** Random models of every kind, and a trained one of each wiring. */
export const anyWeights = [...models.randomFamilies({ size: 1 }), ...models.oneOfEachWiring];

/** One of them, for pictures. */
export const rotary = models.trainedModel("rotary/1");

/** The small GPT with each positional scheme, both seeds of one at a time. */
export const pairs = models.schemeRecipes.map((scheme) => models.seedPair(scheme));

/** All of them at once, for what is said of heads and not of models. */
export const everyHead: models.Subject<Model[]> = {
  name: "the heads of ten small GPTs",
  about: "two seeds of the small GPT with each positional scheme",
  origin: "trained",
  load: () => Promise.all(models.twoOfEachScheme.map((model) => model.load())),
};

/** Scores so low that nothing seems worth a look; the usual softmax does not notice. */
export const lowered = sabotage({
  name: "scores lowered by 20",
  description: "Every score is lowered by 20.",
  unfit: needs.attention,
  rewrite: rewriteAt("hook_attn_scores", (scores, { g }) => g.sub(scores, 20)),
});
