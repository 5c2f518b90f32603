import { fileURLToPath } from "node:url";
import type { TrainingState } from "../../training/loop.ts";
import type { Fingerprinted } from "../../training/recipe.ts";
import { decodeSnapshot, encodeSnapshot } from "../../training/snapshot.ts";
import { writeWhole } from "../fixtures/whole_file.ts";

/** Where a run keeps its last snapshot. Needs read and write permission for the folder. */
export class SnapshotFolder {
  readonly #file: URL;

  /** @param folder Made where it is missing, such as `.training/gpt/`; its URL ends in a slash. */
  constructor(readonly recipe: Fingerprinted, readonly folder: URL) {
    this.#file = new URL("snapshot.safetensors", folder);
  }

  /**
   * Replaces the last snapshot.
   *
   * @throws {Error} If it cannot be written; the last one is then untouched.
   */
  async save(state: TrainingState): Promise<void> {
    await Deno.mkdir(this.folder, { recursive: true });
    await writeWhole(this.#file, await encodeSnapshot(this.recipe, state));
  }

  /**
   * The last snapshot, or nothing where there is none.
   *
   * @throws {Error} If it cannot be continued: it is damaged, or of another recipe.
   */
  async load(): Promise<TrainingState | undefined> {
    try {
      return await decodeSnapshot(this.recipe, await Deno.readFile(this.#file));
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return undefined;
      const { message } = cause as Error;
      throw new Error(`Cannot go on from ${fileURLToPath(this.#file)}: ${message}`, { cause });
    }
  }

  /** Forgets the run, once its result is safe. */
  async remove(): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}
