import { type Autoencoder, type AutoencoderConfig, makeAutoencoder } from "../autoencoder.ts";
import { parseCard } from "./card.ts";
import { type CheckpointFiles, type SavedCheckpoint, verifyWeights } from "./checkpoint.ts";
import { refuse } from "./checkpoint_error.ts";
import { isObject } from "./json.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { sha256 } from "./sha256.ts";

const MODEL_TYPE = "toy-autoencoder";

/** What each field of the config must be, in words and as a test. */
const FIELDS: Readonly<
  Record<keyof AutoencoderConfig, readonly [required: string, ok: (value: number) => boolean]>
> = {
  n_features: ["a whole number from 1", (n) => Number.isSafeInteger(n) && n >= 1],
  d_hidden: ["a whole number from 1", (n) => Number.isSafeInteger(n) && n >= 1],
  sparsity: ["a number in [0, 1)", (n) => n >= 0 && n < 1],
  decay: ["a number in (0, 1]", (n) => n > 0 && n <= 1],
};

/** `config.json` of an autoencoder, for `JSON.stringify`. */
export function autoencoderJson(config: AutoencoderConfig): Readonly<Record<string, unknown>> {
  return { model_type: MODEL_TYPE, ...config };
}

/**
 * The files of an autoencoder; {@linkcode loadAutoencoder} gives it back, bit for bit.
 *
 * @throws {CheckpointError} If a weight is NaN or infinite.
 */
export async function saveAutoencoder(
  { config, weights }: Autoencoder,
): Promise<SavedCheckpoint> {
  const bytes = writeSafetensors(weights, { metadata: { format: "pt" } });
  return {
    config: autoencoderJson(config),
    weights: bytes,
    weights_sha256: await sha256(bytes),
    bytes: bytes.length,
  };
}

/**
 * An autoencoder from its files. The weights are hashed before anything in them is read.
 *
 * @throws {CheckpointError} If a file is not what it should be, or the weights are not those that the
 * card vouches for.
 * @throws {RangeError} If the weights do not fit the config.
 */
export async function loadAutoencoder(
  files: Required<Omit<CheckpointFiles, "name">>,
): Promise<Autoencoder> {
  const card = parseCard(files.card);
  await verifyWeights(card, files.weights);
  const { tensors } = readSafetensors(files.weights);
  return makeAutoencoder(card.name, parseConfig(files.config), Object.fromEntries(tensors));
}

function parseConfig(json: unknown): AutoencoderConfig {
  const file = "config.json";
  if (!isObject(json)) refuse(file, "the file", "an object", json);
  if (json.model_type !== MODEL_TYPE) refuse(file, "model_type", MODEL_TYPE, json.model_type);
  const known = ["model_type", ...Object.keys(FIELDS)];
  const strange = Object.keys(json).find((field) => !known.includes(field));
  if (strange) refuse(file, "a field of the file", `one of ${known.join(", ")}`, strange);
  const field = (name: keyof AutoencoderConfig): number => {
    const [required, ok] = FIELDS[name];
    const value = json[name];
    return typeof value === "number" && ok(value) ? value : refuse(file, name, required, value);
  };
  return {
    n_features: field("n_features"),
    d_hidden: field("d_hidden"),
    sparsity: field("sparsity"),
    decay: field("decay"),
  };
}
