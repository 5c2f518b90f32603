import { type CheckpointFiles, ModelFileError } from "../model/mod.ts";

/**
 * The files of a folder, links followed; nothing is read but what is listed in it.
 *
 * @throws {ModelFileError} If there is no such folder, or it cannot be listed.
 */
export async function checkpointFolder(path: string): Promise<CheckpointFiles> {
  const names = await attempt(`the folder ${path}`, () => listed(path));
  return {
    names,
    read(name) {
      if (names.includes(name)) return attempt(name, () => Deno.readFile(`${path}/${name}`));
      throw new ModelFileError(`Cannot read ${name}: there is no such file in ${path}`);
    },
  };
}

async function listed(path: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(path));
  return entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name).sort();
}

async function attempt<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`Cannot read ${what}: ${reason}`, { cause });
  }
}
