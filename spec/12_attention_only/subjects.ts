/** Whom the claims about attention-only models are asked of. */
import { needs, sabotaged } from "../../mod.ts";
import { allOf, atLeast, like } from "../../lib/model/mod.ts";
import { tokenShift } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** Both seeds of the models without a layer, with one, and with two. */
export const [none, one, two] = (["attn-0l", "attn-1l", "attn-2l"] as const).map(models.bothSeeds);

/** Whose layers are linear once they are held. */
export const heldStill = {
  on: [...models.randomFamilies({ mlp: false, size: 1 }), one[0], two[0]],
  needs: needs.attention,
};

/** What is said of so many layers of attention alone, and of heads of two layers. */
export const oneLayer = { on: one, needs: like({ n_layers: [1], attn_only: [true] }) };
export const twoLayers = { on: two, needs: like({ n_layers: [2], attn_only: [true] }) };
export const twoOfAny = {
  on: two,
  needs: allOf(needs.pair, like({ n_layers: [2] }), atLeast({ n_heads: 2 })),
};

/** The first seeds before their training. */
export const [untaughtNone, untaughtOne, untaught] = [none, one, two]
  .map(([first]) => models.beforeTraining(first));

/** Controls: those that have learned less, or have not so many layers. */
export const noLayer = { on: [...none, untaughtOne], needs: false } as const;
export const fewer = { on: [...none, ...one, untaught], needs: false } as const;

/** Models whose first layer, where there is one, has keys and values to look at. */
export const beforeLayers = {
  on: [...models.randomFamilies({ n_layers: [0, 1, 2] }), ...none, one[0], two[0]],
  needs: like({ query_key: ["pair"] }),
};

/** Trained models that have MLPs; others differ in their positions alone. */
export const withMlps = models.oneOfEachWiring.filter(({ config }) => !config!.attn_only);

export const ofMlps = {
  on: [...models.randomFamilies({ mlp: true, size: 1 }), ...withMlps],
  needs: needs.mlp,
};

/** Two transformers with MLPs, to be told from those without. */
export const full = [models.tiny, withMlps[0]];

/** Models that have a layer to look back with. */
export const layered = {
  on: [
    ...[one[0], two[0]],
    ...models.randomFamilies({ n_layers: [1], mlp: false, positions: ["rotary"], size: 1 }),
  ],
  needs: needs.attention,
};

/** A small transformer whose embedding mixes in a little of the token before. */
export const leaky = sabotaged([models.tiny], tokenShift("hook_embed", "an embedding", 0.01));

/** One layer that knows what comes next in sequences of one length. */
export const byDistance = models.fixedDistance(12);

/** Single layers with keys of their own. */
export const oneLayerByHand = [byDistance, models.ownTokenByHand];

/** One layer that looks for its own token, each of whose keys has twice the one before added. */
export const smeared = sabotaged([models.ownTokenByHand], tokenShift("hook_k", "a key", 2));

/** The trained models without layers, with their cards. */
export const carded = [models.modelWithCard("attn-0l/1"), models.modelWithCard("attn-0l/2")];

/** Another model in the place of the first of them, and that one's card. */
export function inPlace(model: typeof untaught) {
  return models.modelWithCard("attn-0l/1", model);
}
