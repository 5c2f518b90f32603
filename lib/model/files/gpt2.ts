import { makeModel, type Model } from "../model.ts";
import { ModelFileError } from "./file_error.ts";
import type { Format } from "./format.ts";
import { fromGpt2Config, toGpt2Config } from "./gpt2_config.ts";
import { fromGpt2Tensors, isGpt2Buffer, toGpt2Tensors } from "./gpt2_names.ts";
import { openSafetensors } from "./safetensors.ts";

/**
 * Transformers in the files of a Hugging Face GPT-2, whose names and shapes are also those of our
 * trained models. Rewrites are changes to the graph, so a model that has any cannot be written.
 */
export const gpt2: Format<Model> = {
  readConfig: fromGpt2Config,
  writeConfig: toGpt2Config,
  read(name, config, safetensors) {
    const { tensors } = openSafetensors(safetensors.slice(), { skip: isGpt2Buffer });
    return makeModel(name, config, fromGpt2Tensors(config, tensors));
  },
  write({ name, config, weights, rewrites }) {
    if (rewrites.length === 0) return toGpt2Tensors(config, weights);
    throw new ModelFileError(
      `Cannot save ${name}: its files hold config and weights only, ` +
        `and this model has ${rewrites.length} rewrites`,
    );
  },
};
