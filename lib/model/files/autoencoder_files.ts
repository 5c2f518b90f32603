import type { Autoencoder } from "../autoencoder/autoencoder.ts";
import { toyAutoencoder } from "../autoencoder/files.ts";
import { type CheckpointFiles, reading } from "./checkpoint.ts";
import { loadModel } from "./load_model.ts";
import { type SavedModel, saveModel } from "./save_model.ts";

// Until their callers use `loadModel` and `saveModel`.

export const autoencoderJson = toyAutoencoder.writeConfig;

export function saveAutoencoder(model: Autoencoder): Promise<SavedModel> {
  return saveModel(model, toyAutoencoder);
}

export function loadAutoencoder(files: CheckpointFiles): Promise<Autoencoder> {
  return loadModel(reading(files), toyAutoencoder);
}
