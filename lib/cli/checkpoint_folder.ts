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
      if (names.includes(name)) return attempt(name, () => bytesOf(`${path}/${name}`));
      throw new ModelFileError(`Cannot read ${name}: there is no such file in ${path}`);
    },
  };
}

async function listed(path: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(path));
  return entries.filter(({ isFile, isSymlink }) => isFile || isSymlink).map(({ name }) => name)
    .sort();
}

/** Read into their place at once: `Deno.readFile`, which does not ask for the size, takes thrice as long. */
async function bytesOf(path: string): Promise<Uint8Array> {
  const { isFile, size } = await Deno.stat(path); // before it is opened: a pipe would wait for ever
  if (!isFile) throw new Error("it is no file");
  using file = await Deno.open(path);
  const bytes = new Uint8Array(size);
  let end = 0;
  for (let read: number | null = 0; read !== null && end < size; end += read ?? 0) {
    read = await file.read(bytes.subarray(end));
  }
  return bytes.subarray(0, end);
}

async function attempt<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`Cannot read ${what}: ${reason}`, { cause });
  }
}
