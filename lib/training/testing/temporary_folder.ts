/** For tests: a folder that is there as long as somebody uses it. */
import { pathToFileURL } from "node:url";

/** Its URL, which ends in a slash: `await using folder = await temporaryFolder(...)`. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly url: URL;
  /** The names in it, in order, or in a folder of it. */
  names(folder?: string): Promise<string[]>;
}

/** A folder with some files, by their paths in it. */
export async function temporaryFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<TemporaryFolder> {
  const prefix = "a test (copy), '[ü] #1 %20 "; // URLs are not paths.
  const path = await Deno.makeTempDir({ prefix });
  const url = pathToFileURL(`${path}/`);
  for (const [file, text] of Object.entries(files)) {
    await Deno.mkdir(new URL("./", new URL(file, url)), { recursive: true });
    await Deno.writeTextFile(new URL(file, url), text);
  }
  return {
    url,
    names: async (folder = "./") =>
      (await Array.fromAsync(Deno.readDir(new URL(folder, url)))).map(({ name }) => name).sort(),
    [Symbol.asyncDispose]: () => Deno.remove(url, { recursive: true }),
  };
}
