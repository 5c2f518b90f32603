/** For tests: a ledger of one of our models, as if others had published what our files say of it. */
import card from "../../../fixtures/models/attn-2l/1/card.json" with { type: "json" };
import { transformers } from "../../../fixtures/models/index.ts";
import { numberFigure } from "../ledger/figures.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { lossOfText, parametersOf } from "../ledger/measures.ts";

const source = { title: "fixtures/README.md", url: "https://example.org" };

const ledger: Ledger = {
  name: "a stand-in",
  config: transformers["attn-2l/1"].recipe.config,
  weights: card.weights_sha256,
  entries: [
    numberFigure({
      ...{ id: "parameters", what: "parameters", source, published: 268_512, within: 0 },
      measure: parametersOf,
    }),
    numberFigure({
      ...{ id: "loss", what: "loss", source, published: 1.52, within: 0.01 },
      measure: (model) => lossOfText(model, "The whale", [1]),
    }),
  ],
};

export default ledger;
