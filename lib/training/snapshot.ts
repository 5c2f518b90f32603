import { ModelFileError } from "../model/mod.ts";
import { readSafetensors, writeSafetensors } from "../model/files/safetensors.ts";
import { sha256 } from "../model/files/sha256.ts";
import type { TrainingState } from "./loop.ts";
import { changes, fingerprint, type Fingerprinted } from "./recipe.ts";

const PARTS = ["weights", "means", "squares"] as const;

/**
 * A run between two steps as the bytes of a safetensors file. Its metadata holds the SHA-256 of
 * what the file would be without that entry: half of all flipped bits would otherwise load.
 */
export async function encodeSnapshot(
  recipe: Fingerprinted,
  { optimizer, losses, seconds }: TrainingState,
): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = Object.fromEntries(
    PARTS.flatMap((part) =>
      Object.entries(optimizer[part]).map(([name, tensor]) => [`${part}/${name}`, tensor])
    ),
  );
  const progress = JSON.stringify({ step: optimizer.step, losses, seconds });
  const metadata = { recipe: fingerprint(recipe), progress };
  const hash = await sha256(writeSafetensors(tensors, { metadata }));
  return writeSafetensors(tensors, { metadata: { ...metadata, sha256: hash } });
}

/**
 * A run from the bytes that {@linkcode encodeSnapshot} made.
 *
 * @throws {ModelFileError} If the bytes are damaged, or of another recipe, or of this one before
 * it was changed.
 */
export async function decodeSnapshot(
  recipe: Fingerprinted,
  bytes: Uint8Array,
): Promise<TrainingState> {
  const { tensors, metadata } = readSafetensors(bytes);
  const { sha256: required, ...rest } = Object.fromEntries(metadata);
  const given = await sha256(writeSafetensors(tensors, { metadata: rest }));
  if (given !== required) {
    throw new ModelFileError(`It is damaged: its SHA-256 must be ${required}, got ${given}`);
  }
  const changed = changes(recipe, rest.recipe);
  if (changed.length > 0) {
    throw new ModelFileError(`It is of another recipe: ${changed.join("; ")}`);
  }
  const [weights, means, squares] = PARTS.map((part) =>
    Object.fromEntries(
      [...tensors].filter(([name]) => name.startsWith(`${part}/`))
        .map(([name, tensor]) => [name.slice(part.length + 1), tensor]),
    )
  );
  const { step, losses, seconds } = JSON.parse(rest.progress);
  return { optimizer: { step, weights, means, squares }, losses, seconds };
}
