import { readSafetensors, writeSafetensors } from "../model/safetensors.ts";
import type { Weights } from "../model/params.ts";
import type { TrainingState } from "./loop.ts";
import { fingerprint, type Recipe } from "./recipe.ts";

const PARTS = ["weights", "means", "squares"] as const;

/** A run between two steps as the bytes of a safetensors file. */
export function encodeState(recipe: Recipe, state: TrainingState): Uint8Array<ArrayBuffer> {
  const { optimizer, losses, seconds } = state;
  const tensors = PARTS.flatMap((part) =>
    Object.entries(optimizer[part]).map(([name, tensor]) => [`${part}/${name}`, tensor] as const)
  );
  const progress = JSON.stringify({ step: optimizer.step, losses, seconds });
  const metadata = { recipe: fingerprint(recipe), progress };
  return writeSafetensors(new Map(tensors), { metadata });
}

/**
 * A run from the bytes that {@linkcode encodeState} made.
 *
 * @throws {CheckpointError} If the bytes are damaged.
 * @throws {Error} If they are of another recipe, or of this one before it was changed.
 */
export function decodeState(recipe: Recipe, bytes: Uint8Array): TrainingState {
  const { tensors, metadata } = readSafetensors(bytes);
  const given = metadata.get("recipe");
  if (given !== fingerprint(recipe)) {
    const required = `the recipe ${fingerprint(recipe)}`;
    throw new Error(`Cannot resume ${recipe.name}: ${required} is required, got ${given}`);
  }
  const part = (prefix: string): Weights =>
    Object.fromEntries(
      [...tensors].filter(([name]) => name.startsWith(`${prefix}/`))
        .map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]),
    );
  const { step, losses, seconds } = JSON.parse(metadata.get("progress")!);
  const [weights, means, squares] = PARTS.map(part);
  return { optimizer: { step, weights, means, squares }, losses, seconds };
}
