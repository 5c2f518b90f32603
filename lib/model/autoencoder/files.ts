import { numberWhere, oneOf, whole } from "../checks.ts";
import { checkFields } from "../files/json.ts";
import type { Format } from "../files/format.ts";
import { readSafetensors } from "../files/safetensors.ts";
import { type Autoencoder, type AutoencoderConfig, makeAutoencoder } from "./autoencoder.ts";

const MODEL_TYPE = "toy-autoencoder";

const FIELDS = {
  model_type: oneOf(MODEL_TYPE),
  n_features: whole(1),
  d_hidden: whole(1),
  sparsity: numberWhere((n) => n >= 0 && n < 1, "a number in [0, 1)"),
  decay: numberWhere((n) => n > 0 && n <= 1, "a number in (0, 1]"),
} as const;

/** Toy autoencoders in files: tensors `W` and `b`, and a `config.json` of their own. */
export const toyAutoencoder: Format<Autoencoder> = {
  readConfig(json) {
    checkFields("config.json", json, FIELDS);
    const { n_features, d_hidden, sparsity, decay } = json as unknown as AutoencoderConfig;
    return { n_features, d_hidden, sparsity, decay };
  },
  writeConfig: (config) => ({ model_type: MODEL_TYPE, ...config }),
  read(name, config, safetensors) {
    return makeAutoencoder(name, config, Object.fromEntries(readSafetensors(safetensors).tensors));
  },
  write: ({ weights }) => weights,
};
