import { checkFields, numberWhere } from "../files/fields.ts";
import type { Format } from "../files/format.ts";
import { readSafetensors } from "../files/safetensors.ts";
import { type Autoencoder, type AutoencoderConfig, makeAutoencoder } from "./autoencoder.ts";

const MODEL_TYPE = "toy-autoencoder";

const size = numberWhere((n) => Number.isSafeInteger(n) && n >= 1, "a whole number from 1");
const FIELDS = {
  model_type: [(value: unknown) => value === MODEL_TYPE, MODEL_TYPE],
  n_features: size,
  d_hidden: size,
  sparsity: numberWhere((n) => n >= 0 && n < 1, "a number in [0, 1)"),
  decay: numberWhere((n) => n > 0 && n <= 1, "a number in (0, 1]"),
} as const;

/** Toy autoencoders in files: tensors `W` and `b`, and a `config.json` of their own. */
export const toyAutoencoder: Format<Autoencoder> = {
  readConfig(json) {
    checkFields("config.json", "the file", json, FIELDS);
    const { n_features, d_hidden, sparsity, decay } = json as unknown as AutoencoderConfig;
    return { n_features, d_hidden, sparsity, decay };
  },
  writeConfig: (config) => ({ model_type: MODEL_TYPE, ...config }),
  read(name, config, safetensors) {
    return makeAutoencoder(name, config, Object.fromEntries(readSafetensors(safetensors).tensors));
  },
  write: ({ weights }) => weights,
};
