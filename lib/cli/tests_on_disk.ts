import { nameProblem } from "../claims/spec_file.ts";
import { filesIn } from "./files_in.ts";

/** The files of tests that are there, from the project's root and in order. */
export interface TestsOnDisk {
  /** The library's and the fixtures' that need no permission. */
  readonly library: readonly string[];
  /** Those that read, write and start processes. */
  readonly io: readonly string[];
  /** The questions whose names are understood, and the tests in the folders that bear their names. */
  readonly specs: readonly string[];
}

/** Finds the files of tests. */
export async function testsOnDisk(root: URL): Promise<TestsOnDisk> {
  const folders = ["fixtures/", "lib/", "spec/"].map((folder) => filesIn(root, folder));
  const tests = (await Promise.all(folders)).flat()
    .flatMap(({ path, isLink }) => !isLink && path.endsWith("_test.ts") ? [path] : []);
  const ours = tests.filter((file) => !file.startsWith("spec/"));
  return {
    library: ours.filter((file) => !file.endsWith("_io_test.ts")),
    io: ours.filter((file) => file.endsWith("_io_test.ts")),
    specs: tests.filter((file) => nameProblem(questionOf(file)) === undefined),
  };
}

/** The spec file that a test belongs to: itself, or that of the folder it lies in. */
function questionOf(file: string): string {
  return file.replace(/^(spec\/[^/]+)\/.*/, "$1_test.ts");
}
