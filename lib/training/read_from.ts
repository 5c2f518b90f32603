import type { ReadFile } from "../model/mod.ts";

/** Reads a model's files from a folder on disk, whose URL ends in a slash. Needs read permission. */
export function readFrom(folder: URL): ReadFile {
  return async (file) => {
    try {
      return await Deno.readFile(new URL(file, folder));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
}
