import * as transformer from "../../lib/model/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** GPT-2 small without its weights. */
export const small = models.withoutWeights("GPT-2 small", transformer.gpt2Small);
