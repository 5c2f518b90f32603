import type { Card } from "./card.ts";
import type { AnyModel, Format } from "./format.ts";
import { writeSafetensors } from "./safetensors.ts";
import { sha256 } from "./sha256.ts";

/** A model as files, less its card; see {@linkcode saveModel}. */
export interface SavedModel extends Pick<Card, "weights_sha256" | "bytes"> {
  /** `config.json`, for `JSON.stringify`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** `model.safetensors`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * The files of a model, and what a card must say about its weights; `loadModel` gives the model
 * back, bit for bit.
 *
 * @throws {ModelFileError} If a weight is NaN or infinite, or files cannot hold what the model is.
 */
export async function saveModel<M extends AnyModel>(
  model: M,
  format: Format<M>,
): Promise<SavedModel> {
  // Hugging Face's loader refuses files that do not name the library they are for.
  const weights = writeSafetensors(format.write(model), { metadata: { format: "pt" } });
  return {
    config: format.writeConfig(model.config),
    weights,
    weights_sha256: await sha256(weights),
    bytes: weights.length,
  };
}
