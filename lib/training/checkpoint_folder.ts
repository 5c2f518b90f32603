import { decodeState, encodeState } from "./checkpoint_file.ts";
import type { TrainingState } from "./loop.ts";
import type { Recipe } from "./recipe.ts";
import { writeWhole } from "./whole_file.ts";

/** Where a run keeps its last checkpoint. Needs read and write permission for the folder. */
export class CheckpointFolder {
  readonly #path: string;

  /** @param folder Made where it is missing, such as `.training/gpt`. */
  constructor(readonly recipe: Recipe, readonly folder: string) {
    this.#path = `${folder}/checkpoint.safetensors`;
  }

  /** Replaces the last checkpoint; until the new one is whole the old one stays. */
  async save(state: TrainingState): Promise<void> {
    await Deno.mkdir(this.folder, { recursive: true });
    await writeWhole(this.#path, encodeState(this.recipe, state));
  }

  /** The last checkpoint, or nothing where there is none. Throws where it cannot be continued. */
  async load(): Promise<TrainingState | undefined> {
    try {
      return decodeState(this.recipe, await Deno.readFile(this.#path));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** Forgets the run, once its result is safe. */
  async remove(): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}
