import { type Card, parseCard } from "./card.ts";
import { CheckpointError, refuse } from "./checkpoint_error.ts";
import { fromGpt2Config, toGpt2Config } from "./gpt2_config.ts";
import { fromGpt2Tensors, isGpt2Buffer, toGpt2Tensors } from "./gpt2_names.ts";
import { makeModel, type Model } from "../model.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { sha256 } from "./sha256.ts";

/** The files of a checkpoint: a Hugging Face GPT-2 folder, or one of our trained models. */
export interface CheckpointFiles {
  /** What to call the model; the card's name where left out. */
  readonly name?: string;
  /** `config.json`, parsed. */
  readonly config: unknown;
  /** `model.safetensors`. */
  readonly weights: Uint8Array;
  /** `card.json`, parsed; with it the weights must be the very bytes that it describes. */
  readonly card?: unknown;
}

/**
 * A model from the files of a checkpoint. With a card, the weights are hashed before anything in
 * them is read: half of all flipped bits in a weight file would load and change the results
 * without a word.
 *
 * @throws {CheckpointError} If a file is not what it should be, the weights are not those of the
 * card, or do not fit the config.
 */
export async function loadCheckpoint(files: CheckpointFiles): Promise<Model> {
  const card = files.card === undefined ? undefined : parseCard(files.card);
  if (card) await verifyWeights(card, files.weights);
  const config = fromGpt2Config(files.config);
  const { tensors } = readSafetensors(files.weights, { skip: isGpt2Buffer });
  return makeModel(
    files.name ?? card?.name ?? "checkpoint",
    config,
    fromGpt2Tensors(config, tensors),
  );
}

/** A model as the files of a checkpoint, less its name and card; see {@linkcode saveCheckpoint}. */
export interface SavedCheckpoint {
  /** `config.json`, for `JSON.stringify`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** `model.safetensors`. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** What the card must say about the weights. */
  readonly weights_sha256: string;
  /** What the card must say about their length. */
  readonly bytes: number;
}

/**
 * The files of a checkpoint from a model; {@linkcode loadCheckpoint} gives the model back, bit for
 * bit. Rewrites are changes to the graph, so a model that has any cannot be saved.
 *
 * @throws {CheckpointError} If the model has rewrites or a weight is NaN or infinite.
 */
export async function saveCheckpoint(model: Model): Promise<SavedCheckpoint> {
  if (model.rewrites.length > 0) {
    throw new CheckpointError(
      `Cannot save ${model.name}: a checkpoint holds config and weights only, ` +
        `and this model has ${model.rewrites.length} rewrites`,
    );
  }
  const tensors = toGpt2Tensors(model.config, model.weights);
  // Hugging Face's loader refuses files that do not name the library they are for.
  const weights = writeSafetensors(tensors, { metadata: { format: "pt" } });
  return {
    config: toGpt2Config(model.config),
    weights,
    weights_sha256: await sha256(weights),
    bytes: weights.length,
  };
}

/**
 * Refuses weights that are not, byte for byte, those that a card describes.
 *
 * @throws {CheckpointError} If they are not.
 */
export async function verifyWeights(card: Card, weights: Uint8Array): Promise<void> {
  const file = `the weights of ${card.name}`;
  if (weights.length !== card.bytes) {
    refuse(file, "their length", `the ${card.bytes} bytes that card.json gives`, weights.length);
  }
  const given = await sha256(weights);
  if (given !== card.weights_sha256) {
    refuse(file, "their SHA-256", `${card.weights_sha256}, as card.json says`, given);
  }
}
