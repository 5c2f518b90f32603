import type { Model } from "../model.ts";
import { gpt2 } from "./gpt2.ts";
import { loadModel } from "./load_model.ts";
import { type SavedModel, saveModel } from "./save_model.ts";

/** What `loadCheckpoint` reads: until its callers use `loadModel`. */
export interface CheckpointFiles {
  readonly name?: string;
  readonly config: unknown;
  readonly weights: Uint8Array;
  readonly card?: unknown;
}

export type SavedCheckpoint = SavedModel;

export function loadCheckpoint({ name, ...files }: CheckpointFiles): Promise<Model> {
  return loadModel(reading(files), gpt2, { name });
}

export function saveCheckpoint(model: Model): Promise<SavedModel> {
  return saveModel(model, gpt2);
}

export function reading({ config, weights, card }: CheckpointFiles) {
  const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
  const files: Record<string, Uint8Array | undefined> = {
    "config.json": bytes(config),
    "model.safetensors": weights,
    "card.json": card === undefined ? undefined : bytes(card),
  };
  return (file: string) => files[file];
}
