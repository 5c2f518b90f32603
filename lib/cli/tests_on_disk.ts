import { nameProblem } from "../claims/spec_file.ts";

/** The files of tests that are there, from the project's root and in order. */
export interface TestsOnDisk {
  /** The library's and the fixtures' that need no permission. */
  readonly library: readonly string[];
  /** Those that read, write and start processes. */
  readonly io: readonly string[];
  /** The questions whose names are understood. */
  readonly specs: readonly string[];
}

/** Finds the files of tests. */
export async function testsOnDisk(root: URL): Promise<TestsOnDisk> {
  const tests = (await Promise.all(["fixtures/", "lib/"].map((folder) => filesIn(root, folder))))
    .flat().filter((file) => file.endsWith("_test.ts"));
  const needsMore = (file: string) => file.endsWith("_io_test.ts");
  return {
    library: tests.filter((file) => !needsMore(file)),
    io: tests.filter(needsMore),
    specs: (await filesIn(root, "spec/")).filter((file) => nameProblem(file) === undefined),
  };
}

/** All files below a folder, those that links lead to left out. */
async function filesIn(root: URL, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isFile, isDirectory } of readIfThere(at(root, folder))) {
    if (isDirectory) found.push(...await filesIn(root, `${folder}${name}/`));
    if (isFile) found.push(folder + name);
  }
  return found.sort();
}

async function* readIfThere(folder: URL): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The URL of a path from the root, whatever characters are in its names. */
export function at(root: URL, path: string): URL {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), root);
}
