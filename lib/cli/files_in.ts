/** A file, or a link to whatever it is. */
export interface Found {
  /** From the project's root. */
  readonly path: string;
  readonly isLink: boolean;
}

/** What is in a folder and all below it, in the order of names; links are not followed. */
export async function filesIn(root: URL, folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for await (const { name, isDirectory, isSymlink } of entries(fileAt(root, folder))) {
    const path = folder + name;
    if (isDirectory) found.push(...await filesIn(root, `${path}/`));
    else found.push({ path, isLink: isSymlink });
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

async function* entries(folder: URL): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The text of a file, if it is there. */
export async function readIfThere(file: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The URL of a path from the root, whatever characters are in its names. */
export function fileAt(root: URL, path: string): URL {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), root);
}
