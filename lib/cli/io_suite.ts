/**
 * The second suite: every `*_io_test.ts`, which may read, write and start processes. Plain
 * `deno test` excludes those files by name, and would exclude them here too; so they are imported.
 */
const ROOT = new URL("../../", import.meta.url);

async function find(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await find(new URL(`${name}/`, folder)));
    if (name.endsWith("_io_test.ts")) found.push(new URL(name, folder).href);
  }
  return found;
}

const folders = ["spec/", "fixtures/", "lib/"].map((name) => new URL(name, ROOT));
const files = (await Promise.all(folders.map(find))).flat();
for (const file of files.sort()) await import(file);
