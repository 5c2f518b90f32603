/** Who is asked about widths, areas and shared dimensions. */
import { LARGE, type Model } from "../../mod.ts";
import type { Config } from "../../lib/model/mod.ts";
import { allOf, atLeast, gpt2Small, like, parameterCount } from "../../lib/model/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** What controls are called that several claims have. */
export const [UNTRAINED, DENSE] = ["untrained weights", "trained on dense features"];

/** How shares and losses are written. */
export const SHARE = { percent: true, digits: 0 };
export const NATS = { digits: 2, unit: "nats" };

/** The models whose positions are looked into: three predict prose, and two learned to copy too. */
export const [learned, learned2] = models.bothSeeds("learned");
export const [copier, copier2] = models.bothSeeds("attn-2l");
export const looked = [learned, learned2, models.gpt, copier, copier2];

/** One of each kind; more of them would show no more. */
export const oneOfEach = [learned, copier];

/** A trained model, as its training began, and a twin whose tables began otherwise. */
export type Started = { readonly before: Model; readonly after: Model; readonly twin: Model };

function started(
  after: models.Subject<Model>,
  twin: models.Subject<Model>,
  before = models.beforeTraining(after),
): models.Subject<Started> {
  const { name, about } = after;
  return models.together({ name, about, origin: "trained" }, { before, after, twin });
}

/** Small GPTs whose tables, of words and of positions, began fifty times as large: at N(0, 1). */
const [large, large2] = models.bothSeeds("large-start");
export const largeStart = [started(large, learned), started(large2, learned2)];
/** The same before anything was learned: all that is there was drawn. */
export const asDrawn = [large, large2].map((model) =>
  started(models.beforeTraining(model), learned, models.beforeTraining(model))
);
export const smallStart = [started(learned, large), started(learned2, large2)];

/** The same beside what the other seed drew. */
export const othersStart = [
  started(large, learned, models.beforeTraining(large2)),
  started(large2, learned2, models.beforeTraining(large)),
];

/** Whose positions were learned on prose alone, from either start. */
export const onProse = [learned, learned2, models.gpt, large, large2];
export const beforeProse = [learned, large].map(models.beforeTraining);
export const copiers = [copier, copier2];

/** Those of them that claims are about: a table is what they must have. */
const needs = allOf(atLeast({ n_layers: 1 }), like({ positions: ["learned"] }));
export const tables = { on: looked, needs };
export const proseTables = { on: onProse, needs };

/** One model of each wiring that has a table of positions. */
export const withTables = models.oneOfEachWiring.filter(({ config }) =>
  config!.positions === "learned"
);

/** A layer that reads both parts, and a stream of two. */
export const added = {
  on: [...models.randomFamilies({ positions: ["learned"], size: 3 }), ...withTables],
  needs: allOf(
    needs,
    ({ d_model }) => d_model > 1 ? undefined : "its stream is one number wide",
    ofOnePiece,
  ),
};

/** What begins by putting vectors side by side is changed in its first block, which needs the tokens. */
function ofOnePiece(config: Config): string | undefined {
  const { total } = parameterCount(config);
  return total < LARGE ? undefined : "it is so large that it runs block by block, without tokens";
}

/** Toys whose features are mostly zero, and toys whose features never are. */
export const [plane, ...planes] = models.autoencoders("superposition-plane");
export const densePlane = models.autoencoders("superposition-plane-dense");
export const sparse = [
  ...(["superposition-70", "superposition-90", "superposition-97"] as const)
    .flatMap((name) => models.autoencoders(name)),
  plane,
  ...planes,
];
export const dense = [...models.autoencoders("superposition-dense"), ...densePlane];
export const untrainedToys = (["superposition-90", "superposition-plane"] as const)
  .map(models.autoencoderBeforeTraining);

export const gpt2 = models.withoutWeights("GPT-2 small", gpt2Small);
export const smallGpt = models.withoutWeights("the small GPT", learned.config!);
export const sized = { on: [gpt2, smallGpt], needs };
export const widths = models.sizes.sideBySide("the small GPT at four widths", [
  "width-16",
  "width-32",
  "learned",
  "width-128",
]);
export const shapesOfOneSize = models.sizes.sideBySide("one layer, two and four", [
  "depth-1",
  "learned",
  "depth-4",
]);
