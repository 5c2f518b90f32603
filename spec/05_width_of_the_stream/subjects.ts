import * as transformer from "../../lib/model/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** GPT-2 small without its weights. */
/** That a model has its sizes. */
export function asSmall(config: transformer.Config): string | undefined {
  const fields = Object.entries(transformer.gpt2Small) as [keyof transformer.Config, unknown][];
  return fields.every(([field, value]) => config[field] === value)
    ? undefined
    : "it has other sizes than GPT-2 small";
}

export const small = models.withoutWeights("GPT-2 small", transformer.gpt2Small);
