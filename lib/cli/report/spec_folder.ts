import { repeated } from "../../claims/names.ts";
import { specFileAt } from "../../claims/spec_file.ts";
import { filesIn, type Found } from "../files_in.ts";

/** What there is in the folder of questions. */
export interface SpecFolder {
  /** The spec files, from the project's root and in order. */
  readonly files: readonly string[];
  /** What is wrong with the folder, each in a sentence. */
  readonly problems: readonly string[];
}

/**
 * Reads the folder of questions. Every file in it that ends in `_test.ts` is a spec file, whatever
 * else its name is, and has a folder of its name for what it measures with. What `deno test` would
 * run there besides is refused, so that nothing is a test in the one place and not there in the other.
 */
export async function readSpecFolder(root: URL): Promise<SpecFolder> {
  const found = (await filesIn(root, "spec/")).filter(({ path }) => isTest(path));
  const files = found.filter(isSpec).map(({ path }) => path);
  const twice = repeated(files.map((file) => specFileAt(file).number)).filter((number) =>
    number > 0
  );
  return {
    files,
    problems: [
      ...found.filter((each) => !isSpec(each) && !isBeside(each, found.filter(isSpec))).map((
        { path, isLink },
      ) =>
        `deno test runs ${path}, which is no spec file: that is ${
          isLink
            ? "the file itself, not a link to it"
            : "a file of spec/ whose name ends in _test.ts"
        }.`
      ),
      ...twice.map((number) => `Two spec files have the number ${number}.`),
    ],
  };
}

/** Whether `deno test` takes a file that it meets in a folder for one of tests. */
function isTest(path: string): boolean {
  if (/\/(?:node_modules|\.git)\//.test(path)) return false;
  return /(?:[/_.]test|\/__tests__\/.*)\.[cm]?[jt]sx?$/i.test(path);
}

function isSpec({ path, isLink }: Found): boolean {
  return !isLink && /^spec\/[^/]*_test\.ts$/.test(path);
}

/** Whether it tests what a question measures with: it lies in the folder that has the question's name. */
function isBeside({ path, isLink }: Found, specs: readonly Found[]): boolean {
  const [, question] = /^spec\/([^/]+)\/.+_test\.ts$/.exec(path) ?? [];
  return !isLink && specs.some((spec) => spec.path === `spec/${question}_test.ts`);
}
